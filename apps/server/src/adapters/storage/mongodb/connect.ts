import { MongoClient, MongoServerError, MongoServerSelectionError, type Document } from 'mongodb'
import { StartupError } from '../../../kernel/startup-error.ts'
import { Connection, clientOptions } from './connection.ts'
import { migrate } from './migrations.ts'
import { isAway, isFromDriver, toStorageFault } from './storage-fault.ts'

const DEFAULT_DATABASE = 'parley'

const HOW_TO_MAKE_A_REPLICA_SET =
  'One server is enough for a replica set: start it with "mongod --replSet rs0 …", ' +
  'then run once: mongosh --eval "rs.initiate()".'

/** Connects, refuses what cannot work, and brings the database up to date. @throws StartupError */
export async function connect(url: string): Promise<Connection> {
  const client = makeClient(url)
  // Made first, so that it hears of the topology from the beginning.
  const connection = new Connection(client, client.db(databaseOf(url)))
  try {
    await client.connect()
    refuseStandalone(await client.db('admin').command({ hello: 1 }))
    await migrate(connection.db)
    return connection
  } catch (error) {
    await client.close()
    throw explain(error, client)
  }
}

function makeClient(url: string): MongoClient {
  try {
    return new MongoClient(url, clientOptions)
  } catch {
    // The driver's own message may quote the address with its password.
    throw new StartupError(
      'PARLEY_STORAGE is not a MongoDB address. Example: mongodb://user:password@db.example.org:27017/parley?replicaSet=rs0',
    )
  }
}

/** The database that the address names after its hosts. */
function databaseOf(url: string): string {
  const [, path = ''] = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]*)/.exec(url) ?? []
  return decodeURIComponent(path) || DEFAULT_DATABASE
}

/** T10: only a replica set (or a cluster of them) has transactions. */
function refuseStandalone(hello: Document): void {
  if (hello['setName'] !== undefined || hello['msg'] === 'isdbgrid') return
  if (hello['isreplicaset'] === true) throw new StartupError(notInitiated())
  throw new StartupError(
    'PARLEY_STORAGE names a standalone MongoDB server. Parley needs a replica set, because only that has transactions. ' +
      HOW_TO_MAKE_A_REPLICA_SET,
  )
}

const notInitiated = (): string =>
  'The MongoDB server that PARLEY_STORAGE names is meant to be a replica set, but was never made one. ' +
  'Run once: mongosh --eval "rs.initiate()".'

function explain(error: unknown, client: MongoClient): unknown {
  if (!isFromDriver(error)) return error
  if (error instanceof MongoServerError && [13, 18, 8000].includes(Number(error.code))) {
    return new StartupError(
      'MongoDB refused the user name and password in PARLEY_STORAGE, or the user may not write to the database it names.',
    )
  }
  if (!isAway(error)) return toStorageFault(error)
  if (error instanceof MongoServerSelectionError && hasGhost(error)) return new StartupError(notInitiated())
  const hosts = client.options.srvHost ?? client.options.hosts.map(String).join(', ')
  return new StartupError(
    `MongoDB cannot be reached at ${hosts}, which PARLEY_STORAGE names. Check that it runs, that this machine may connect ` +
      'to it, and that the name of the replica set is right. A standalone server will not do. ' +
      HOW_TO_MAKE_A_REPLICA_SET,
  )
}

/** A server that was started as part of a replica set which does not exist yet. */
function hasGhost(error: MongoServerSelectionError): boolean {
  const servers: unknown = error.reason?.servers
  return (
    servers instanceof Map &&
    [...servers.values()].some((server: { type?: unknown }) => server.type === 'RSGhost')
  )
}
