import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import { orgScope } from '../../../kernel/org-scope.ts'
import { makeOrganisation, type Stage } from './contract-fixture.ts'
import { everythingOf, makeTwin, twinIds } from './twin-organisations.ts'

const NOTHING = {
  organisation: null,
  department: null,
  departments: [],
  member: null,
  members: [],
  byEmail: null,
  admins: 0,
  lastSeen: new Map(),
  picture: null,
  session: null,
  sessions: [],
  reset: null,
  invite: null,
  invites: [],
  conversation: null,
  conversations: [],
  direct: null,
  idsOf: [],
  readableBy: [],
  mark: null,
  marks: [],
  marksSince: [],
  ownMarks: [],
  participants: [],
  groupPicture: null,
  mentions: [],
  mentionsOfAll: [],
  quiet: 0,
  reach: { delivered: 0, seen: 0 },
  newestJoin: 0,
  lastNumber: 0,
  purged: [],
  formerParticipants: [],
  conversationIds: [],
  seenByAllFrom: 1,
  message: null,
  messages: [],
  edits: [],
  repliesTo: [],
  reactions: [],
  reaction: null,
  notes: [],
  notesOn: [],
  notesIn: [],
  page: [],
  pageFrom: [],
  newest: [],
  since: [],
  file: null,
  sealedUnder: [],
  otherKeyId: null,
  expired: [],
  unsent: 0,
  usedBytes: 0,
  linksOf: [],
  linksOfMessage: [],
  listed: [],
  sentBefore: [],
  removals: [],
  beingRemoved: false,
  activity: [],
  newestActivity: null,
  revisedAfter: [],
  sentAfter: [],
  disappeared: [],
  ending: 0,
  preference: null,
  preferences: [],
  pinned: 0,
  settings: null,
  pushed: [],
  pushedOf: [],
  followed: null,
  due: [],
  nextDue: null,
  lastTold: null,
  ledger: [],
  choices: null,
  purgesAfter: [],
  import: null,
  imports: [],
  importIds: [],
  unfinishedImports: [],
  knownImported: [],
  importedNumbers: [],
  head: 0,
  floor: 0,
}

/** The same in both twins. */
const TWIN_CHATS = { pinned: 1, settings: { archivedReturn: true }, ending: 1 }

const filesAndImportsOf = (name: string) => ({
  linksOf: [{ senderId: name }],
  listed: [{ senderId: name }],
  sentBefore: [{ senderId: name }],
  import: { chatName: name },
  imports: [{ chatName: name }],
  unfinishedImports: [{ chatName: name }],
  importedNumbers: [name.length],
})

/** Ben's note, however it is asked for. */
const notesOf = (starredAt: number) => ({
  notes: [{ starredAt }],
  notesOn: [{ starredAt }],
  notesIn: [{ starredAt }],
})

/** T1, reading: another organisation's rows are as if they did not exist. */
export function tenantReadsContract(stage: Stage): void {
  test('T1: no read answers with anything of another organisation', async () => {
    const ids = twinIds()
    await makeTwin(stage.storage, ids, 'theirs')
    const scope = await makeOrganisation(stage.storage)
    const seen = await everythingOf(stage.storage, scope, ids)
    const organisation = await stage.storage.read.organisations.get(scope)
    const heads = new Map([['org', 0], [`conversation:${ids.conversation}`, 0]]) // prettier-ignore
    expect(seen).toEqual({ ...NOTHING, organisation, heads, entries: [], entriesOf: [] })
  })

  test('T1: an organisation that does not exist has nothing', async () => {
    const ids = twinIds()
    const seen = await everythingOf(stage.storage, orgScope(newId()), ids)
    expect(seen).toMatchObject(NOTHING)
  })

  test('T1: two organisations with the same ids each read their own', async () => {
    const ids = twinIds()
    const first = await makeTwin(stage.storage, ids, 'first')
    const second = await makeTwin(stage.storage, ids, 'second!')
    for (const [{ scope, ana }, name] of [
      [first, 'first'],
      [second, 'second!'],
    ] as const) {
      // prettier-ignore
      const seen = await everythingOf(stage.storage, scope, ids)
      expect(seen).toMatchObject({
        organisation: { id: scope },
        department: { name },
        departments: [{ name }],
        member: ana,
        byEmail: ana,
        admins: 1,
        picture: name,
        lastSeen: new Map([[ids.ana, name.length]]),
        session: { device: name },
        sessions: [{ device: name }],
        reset: { tokenHash: name },
        invite: { tokenHash: name },
        invites: [{ tokenHash: name }],
        idsOf: [ids.conversation],
        readableBy: [{ conversationId: ids.conversation, from: 1, until: Infinity }],
        groupPicture: name,
        mentions: [name.length],
        mentionsOfAll: [name.length],
        lastNumber: 1,
        message: { text: name },
        messages: [{ text: name }],
        edits: [{ text: name }],
        reactions: [{ emojis: [name] }],
        reaction: { emojis: [name] },
        ...notesOf(name.length),
        page: [{ text: name }],
        pageFrom: [{ text: name }],
        newest: [{ text: name }],
        since: [{ text: name }],
        revisedAfter: [{ text: name }],
        sentAfter: [{ text: name }],
        head: 4,
        disappeared: [{ text: name }],
        preference: { archived: { number: name.length } },
        preferences: [{ archived: { number: name.length } }],
        ...TWIN_CHATS,
        pushed: [{ device: name }],
        pushedOf: [{ device: name }],
        followed: name.length,
        due: [{ device: name }],
        lastTold: { device: name },
        choices: { sounds: name.length > 5 },
        file: { name },
        usedBytes: name.length,
        ...filesAndImportsOf(name),
      })
      expect(seen.members.map((member) => member.name)).toEqual([name, name])
      const counts = [seen.marks, seen.marksSince, seen.entries, seen.entriesOf].map(({ length }) => length)
      expect(counts).toEqual([2, 1, 2, 2])
    }
  })
}
