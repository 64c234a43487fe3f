import type { MemberLocator } from '../../../domains/members/member-store.ts'
import type { OrganisationLocator } from '../../../domains/organisations/organisation-store.ts'
import type { LateCommitListener, Storage } from '../contract/storage.ts'
import { connect } from './connect.ts'
import type { Connection } from './connection.ts'
import { OrgCaches } from './org-cache.ts'
import { OrgQueues } from './org-queue.ts'
import { ReadView } from './org-view.ts'
import { runBatch, type CommitListener } from './run-batch.ts'
import { MongoSearchIndex } from './search-index.ts'
import { openReader } from './transaction.ts'
import { UnsettledCommits } from './unsettled-commits.ts'

export interface MongoStorageOptions {
  /** `mongodb://…` or `mongodb+srv://…`; a database named in it is used, else `parley`. */
  readonly url: string
}

/**
 * Opens the storage on a MongoDB replica set. Any number of processes may open the same one.
 * @throws StartupError when it cannot be reached, is no replica set (T10), or belongs to a newer Parley (T8)
 */
export async function openMongoStorage({ url }: MongoStorageOptions): Promise<Storage> {
  const connection = await connect(url)
  const caches = new OrgCaches(connection)
  const listeners: CommitListener[] = []
  const figures = { commits: 0, transactions: 0 }
  const onCommit: CommitListener = (size, milliseconds) => {
    figures.commits++
    figures.transactions += size
    for (const listener of listeners) listener(size, milliseconds)
  }
  const lateListeners: LateCommitListener[] = []
  const unsettled = new UnsettledCommits(connection, caches, (scope, changes) => {
    for (const listener of lateListeners) listener(scope, changes)
  })
  const deps = { connection, caches, unsettled, onCommit }
  const queues = new OrgQueues((scope, tasks) => runBatch(deps, scope, tasks))
  const close = async () => {
    await queues.close()
    unsettled.close()
    await connection.close()
  }
  const search = new MongoSearchIndex(connection)
  let closing: Promise<void> | undefined
  return {
    engine: 'mongodb',
    read: openReader((scope) => ReadView.open(scope, caches.of(scope), connection)),
    readsElsewhere: null,
    searchElsewhere: null,
    indexElsewhere: null,
    search,
    searchBehind: () => search.behind(),
    locator: locatorOf(connection),
    organisations: organisationsOf(connection),
    transactions: queues,
    ping: async () => {
      await connection.guard(() => connection.db.command({ ping: 1 }))
      connection.refuseWhileAway()
    },
    figures: () => ({ ...figures, statements: connection.statements }),
    onCommit: (listener) => listeners.push(listener),
    // A server of its own has a log of its own.
    onFault: () => {},
    onLateCommit: (listener) => lateListeners.push(listener),
    close: () => (closing ??= close()),
  }
}

/** The looks without an organisation, before sign-in. */
const locatorOf = (connection: Connection): MemberLocator => ({
  findEverywhere: async (emailKey, limit) => {
    if (emailKey === '') return []
    const members = connection.collection('members')
    const found = await connection.guard(() =>
      members.find({ emailKey }).sort({ passwordIsTemporary: 1, _id: 1 }).limit(limit).toArray(),
    )
    return found.map(({ _id, org }) => ({ organisationId: org, memberId: _id.slice(org.length + 1) }))
  },
  isEmpty: async () => {
    const members = connection.collection('members')
    return (await connection.guard(() => members.find({}).limit(1).toArray())).length === 0
  },
})

const organisationsOf = (connection: Connection): OrganisationLocator => ({
  idsAfter: async (id, limit) => {
    const after = id === null ? '' : `${id}/${id}`
    const organisations = connection.collection('organisations')
    const found = await connection.guard(() =>
      organisations
        .find({ _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),
    )
    return found.map(({ org }) => org)
  },
})
