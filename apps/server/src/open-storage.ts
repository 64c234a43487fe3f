import type { Storage } from './adapters/storage/contract/storage.ts'
import { databaseFile, openSqliteStorage } from './adapters/storage/sqlite/open-sqlite-storage.ts'
import type { Config } from './config.ts'
import { INDEX_WORKER, READ_WORKER, SEARCH_WORKER } from './long-reads.ts'
import type { Log } from './platform/log/log.ts'

/** Opens the database that the settings name. The driver of MongoDB is loaded only where it is used: it takes memory. @throws StartupError */
export async function openStorage({ storage, data }: Config, log: Log): Promise<Storage> {
  if (storage === 'sqlite') {
    const onCrash = (error: unknown) =>
      log.error({ error }, 'the thread for long reads ended; it is started again with the next one')
    const onSearchCrash = (error: unknown) =>
      log.error({ error }, 'the thread for searching ended; it is started again with the next search')
    const onIndexCrash = (error: unknown) =>
      log.error({ error }, 'the thread that keeps the search index ended; it is started again')
    return openSqliteStorage({
      file: databaseFile(data),
      readThread: { program: READ_WORKER, onCrash },
      searchThread: { program: SEARCH_WORKER, onCrash: onSearchCrash, name: 'search' },
      indexThread: { program: INDEX_WORKER, onCrash: onIndexCrash, name: 'search index' },
    })
  }
  const { openMongoStorage } = await import('./adapters/storage/mongodb/open-mongo-storage.ts')
  return openMongoStorage({ url: storage })
}
