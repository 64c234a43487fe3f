import type { Db, IndexOptions, IndexSpecification } from 'mongodb'
import { StartupError } from '../../../kernel/startup-error.ts'
import { SEARCH_BY_PLACE, SEARCH_BY_TOKEN } from './search-index.ts'

/** Numbered, forward only (T8). Two processes may start at once, so a step must bear being run twice, also side by side. */
type Migration = (db: Db) => Promise<unknown>

type Index = readonly [keys: IndexSpecification, options?: IndexOptions]

/** Everything starts with the organisation, but for the sign-in, which does not know it yet. */
const FIRST_INDEXES: Readonly<Record<string, readonly Index[]>> = {
  organisations: [[{ org: 1 }]],
  departments: [[{ org: 1 }]],
  members: [
    [
      { org: 1, emailKey: 1 },
      { unique: true, partialFilterExpression: { emailKey: { $gt: '' } } },
    ],
    [{ emailKey: 1 }, { partialFilterExpression: { emailKey: { $gt: '' } } }],
    [{ org: 1 }],
  ],
  sessions: [[{ org: 1, memberId: 1, createdAt: 1 }], [{ org: 1, endedAt: 1 }], [{ org: 1, expiresAt: 1 }]],
  conversations: [
    [
      { org: 1, pair: 1 },
      { unique: true, partialFilterExpression: { pair: { $gt: '' } } },
    ],
  ],
  marks: [[{ org: 1, conversationId: 1, seq: 1 }], [{ org: 1, memberId: 1 }]],
  messages: [
    [{ org: 1, conversationId: 1, number: 1 }, { unique: true }],
    [{ org: 1, conversationId: 1, seq: 1 }],
  ],
  changes: [
    [{ org: 1, audience: 1, seq: 1 }],
    [{ org: 1, seq: 1 }, { partialFilterExpression: { gone: true } }],
  ],
}

/** Only reached by `_id`, which starts with the organisation. Collections are made here, because a transaction may not. */
const BY_ID_ONLY = ['counters', 'lastSeen', 'pictures', 'passwordResets', 'invites', 'forgotten']

const FILE_INDEXES: Readonly<Record<string, readonly IndexSpecification[]>> = {
  files: [
    { org: 1, expiresAt: 1 },
    { org: 1, uploaderId: 1, links: 1 },
    { org: 1, keyId: 1 },
  ],
  fileLinks: [
    { org: 1, fileId: 1, seq: 1 },
    { org: 1, conversationId: 1, number: 1, position: 1 },
    { org: 1, conversationId: 1, list: 1, number: 1 },
  ],
  fileRemovals: [{ org: 1 }],
}

/** What documents from before groups lack: nobody had left, and there were no system lines. */
const BEFORE_GROUPS: Readonly<Record<string, { readonly lacking: string; readonly set: object }>> = {
  conversations: { lacking: 'group', set: { group: null, newestJoin: 0 } },
  marks: {
    lacking: 'from',
    set: { quiet: 0, deliveredAt: 0, seenAt: 0, from: 1, joinedSeq: 0, kept: null },
  },
  messages: { lacking: 'quiet', set: { notice: null, quiet: 0 } },
}

/** Takes down at each conversation from where on all of its participants see it. */
const HIDDEN_HISTORY = [
  { $match: { from: { $gt: 1 } } },
  {
    $group: { _id: { $concat: ['$org', '/', '$conversationId'] }, seenByAllFrom: { $max: '$from' } },
  },
  { $merge: { into: 'conversations', on: '_id', whenMatched: 'merge', whenNotMatched: 'discard' } },
]

/** What finds the devices that are told, the queue and the ledgers. */
const PUSH_INDEXES: Readonly<Record<string, readonly Index[]>> = {
  sessions: [[{ org: 1, memberId: 1 }, { partialFilterExpression: { push: { $type: 'object' } } }]],
  pushes: [
    [{ org: 1, state: 1, at: 1 }],
    [{ org: 1, sessionId: 1, topic: 1, queuedAt: 1 }],
    [{ org: 1, memberId: 1, queuedAt: 1 }],
  ],
}

/** Takes down which messages answer which. */
const ANSWERS = [
  { $match: { 'extras.replyTo.id': { $exists: true } } },
  {
    $project: {
      _id: {
        $concat: ['$org', '/', '$extras.replyTo.id', '/', { $substrCP: ['$_id', 37, 36] }],
      },
      org: 1,
      originalId: '$extras.replyTo.id',
      replyId: { $substrCP: ['$_id', 37, 36] },
    },
  },
  { $merge: { into: 'replies', on: '_id', whenMatched: 'keepExisting', whenNotMatched: 'insert' } },
]

const MIGRATIONS: readonly Migration[] = [
  async (db) => {
    const existing = new Set(
      (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name),
    )
    for (const name of [...BY_ID_ONLY, ...Object.keys(FIRST_INDEXES)]) {
      if (!existing.has(name)) await createCollection(db, name)
    }
    for (const [name, indexes] of Object.entries(FIRST_INDEXES)) {
      for (const [keys, options] of indexes) await db.collection(name).createIndex(keys, options, undefined)
    }
  },
  async (db) => {
    await createCollection(db, 'reaches')
    for (const [name, { lacking, set }] of Object.entries(BEFORE_GROUPS))
      await db.collection(name).updateMany({ [lacking]: { $exists: false } }, { $set: set })
  },
  async (db) =>
    db
      .collection('organisations')
      .updateMany({ communication: { $exists: false } }, { $set: { communication: null } }),
  async (db) => {
    await createCollection(db, 'activity')
    await db.collection('activity').createIndex({ org: 1, number: 1 }, { unique: true }, undefined)
  },
  async (db) => {
    await createCollection(db, 'edits')
    await db.collection('edits').createIndex({ org: 1, messageId: 1, seq: 1 }, undefined, undefined)
    // what a client starts from is read past the entries there may be very many of
    await db.collection('changes').createIndex({ org: 1, audience: 1, kind: 1 }, undefined, undefined)
    await db
      .collection('conversations')
      .updateMany({ seenByAllFrom: { $exists: false } }, { $set: { seenByAllFrom: 1 } })
    await db.collection('marks').aggregate(HIDDEN_HISTORY).toArray()
  },
  async (db) => {
    await db.collection('messages').createIndex({ org: 1, seq: 1 }, undefined, undefined)
    const onlyRevised = { partialFilterExpression: { revisedSeq: { $gt: 0 } } }
    await db.collection('messages').createIndex({ org: 1, revisedSeq: 1 }, onlyRevised, undefined)
    await createCollection(db, 'searchPositions')
    await createCollection(db, 'searchEntries')
    await db.collection('searchEntries').createIndex(SEARCH_BY_TOKEN, undefined, undefined)
  },
  async (db) => {
    await createCollection(db, 'chatPreferences')
    await createCollection(db, 'chatSettings')
    const pinned = { partialFilterExpression: { pinned: true } }
    await db.collection('chatPreferences').createIndex({ org: 1, memberId: 1 }, pinned, undefined)
  },
  async (db) => {
    await createCollection(db, 'groupPictures')
    await createCollection(db, 'mentions')
    const called = { org: 1, conversationId: 1, memberId: 1, number: 1 } as const
    await db.collection('mentions').createIndex(called, undefined, undefined)
    await db
      .collection('conversations')
      .updateMany(
        { group: { $ne: null }, 'group.pictureVersion': { $exists: false } },
        { $set: { 'group.pictureVersion': null } },
      )
  },
  async (db) => {
    for (const name of ['pushes', 'pushFollow', 'notificationSettings']) await createCollection(db, name)
    await db.collection('sessions').updateMany({ push: { $exists: false } }, { $set: { push: null } })
    for (const [name, indexes] of Object.entries(PUSH_INDEXES)) {
      for (const [keys, options] of indexes) await db.collection(name).createIndex(keys, options, undefined)
    }
  },
  async (db) => {
    await createCollection(db, 'fileUsage')
    for (const [name, indexes] of Object.entries(FILE_INDEXES)) {
      await createCollection(db, name)
      for (const keys of indexes) await db.collection(name).createIndex(keys, {}, undefined)
    }
  },
  async (db) =>
    db.collection('conversations').updateMany({ purge: { $exists: false } }, { $set: { purge: null } }),
  async (db) => {
    // a count until now, of which none was in use for longer than a day
    await db
      .collection('chatPreferences')
      .updateMany({ archived: { $type: 'number' } }, [
        { $set: { archived: { number: '$archived', quiet: 0 } } },
      ])
    const expiring = { partialFilterExpression: { expiresAt: { $exists: true } } }
    const ending = { org: 1, conversationId: 1, number: 1, expiresAt: 1 } as const
    await db.collection('messages').createIndex({ org: 1, expiresAt: 1 }, expiring, undefined)
    await db.collection('messages').createIndex(ending, expiring, undefined)
  },
  async (db) => {
    const purges = { name: 'purges_by_seq', partialFilterExpression: { kind: 'purge' } }
    await db.collection('changes').createIndex({ org: 1, seq: 1 }, purges, undefined)
    await db.collection('searchEntries').createIndex(SEARCH_BY_PLACE, undefined, undefined)
  },
  async (db) => {
    await db.collection('members').updateMany({ privacy: { $exists: false } }, { $set: { privacy: null } })
    await db.collection('marks').updateMany({ shown: { $exists: false } }, [{ $set: { shown: '$seen' } }])
  },
  async (db) => {
    await createCollection(db, 'replies')
    await db.collection('replies').createIndex({ org: 1, originalId: 1 }, undefined, undefined)
    await db.collection('messages').aggregate(ANSWERS).toArray()
  },
  async (db) => {
    await createCollection(db, 'reactions')
    await db.collection('reactions').createIndex({ org: 1, messageId: 1 }, undefined, undefined)
  },
  async (db) => {
    for (const name of ['imports', 'imported']) await createCollection(db, name)
    for (const keys of [
      { org: 1, conversationId: 1, startedAt: 1 },
      { org: 1, state: 1, startedAt: 1 },
    ] as const)
      await db.collection('imports').createIndex(keys, {}, undefined)
    const byNumber = { org: 1, importId: 1, number: 1 } as const
    await db.collection('imported').createIndex(byNumber, { unique: true }, undefined)
  },
  async (db) => {
    await createCollection(db, 'ownMessages')
    const own = db.collection('ownMessages')
    await own.createIndex({ org: 1, messageId: 1 }, undefined, undefined)
    await own.createIndex({ org: 1, memberId: 1, conversationId: 1 }, undefined, undefined)
  },
  async (db) =>
    db.collection('fileLinks').createIndex({ org: 1, conversationId: 1, sentAt: 1 }, undefined, undefined),
]

const NAMESPACE_EXISTS = 48

async function createCollection(db: Db, name: string): Promise<void> {
  try {
    await db.createCollection(name)
  } catch (error) {
    if (Reflect.get(error as object, 'code') !== NAMESPACE_EXISTS) throw error
  }
}

/** Brings the database to this program's version. @throws StartupError when it is of a newer one */
export async function migrate(db: Db): Promise<void> {
  const meta = db.collection<{ _id: string; version: number }>('meta')
  const version = (await meta.findOne({ _id: 'schema' }))?.version ?? 0
  if (version > MIGRATIONS.length) {
    throw new StartupError(
      `The database that PARLEY_STORAGE names was made by a newer Parley (its version is ${version}, this program ` +
        `knows ${MIGRATIONS.length}). Start the newer Parley, or restore a backup from before the update.`,
    )
  }
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < version) continue
    await migration(db)
    await meta.updateOne({ _id: 'schema' }, { $max: { version: index + 1 } }, { upsert: true })
  }
}
