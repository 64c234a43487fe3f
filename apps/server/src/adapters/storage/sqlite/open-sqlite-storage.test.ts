import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe } from 'vitest'
import { storageContract } from '../contract/storage.contract.ts'
import { openSqliteStorage } from './open-sqlite-storage.ts'

describe('SQLite in memory', () => {
  storageContract(async () => ({
    storage: await openSqliteStorage({ file: ':memory:' }),
    destroy: () => Promise.resolve(),
  }))
})

describe('SQLite in a file', () => {
  storageContract(async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'parley-contract-'))
    const file = path.join(folder, 'parley.db')
    let storage = await openSqliteStorage({ file })
    return {
      storage,
      reopen: async () => {
        await storage.close()
        storage = await openSqliteStorage({ file })
        return storage
      },
      destroy: async () => {
        await storage.close()
        rmSync(folder, { recursive: true })
      },
    }
  })
})
