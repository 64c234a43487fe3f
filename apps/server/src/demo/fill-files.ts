import { newFileId } from '@parley/contracts/files/file-id'
import type { Storage, StorageTx } from '../adapters/storage/contract/storage.ts'
import { createFile } from '../domains/files/create-file.ts'
import { finishFile } from '../domains/files/finish-file.ts'
import { createUploadLocks } from '../domains/files/upload-locks.ts'
import type { Actor } from '../kernel/actor.ts'
import type { RunUseCase } from '../kernel/transactions.ts'
import type { FileParts } from '../open-files.ts'
import { makeDemoFile, type DemoFile } from './demo-files.ts'

export type DemoFileParts = Pick<FileParts, 'vault' | 'media' | 'limits'>

interface Deps {
  readonly storage: Storage
  readonly files: DemoFileParts
  readonly now: number
}

/** Of a message without files, nothing is said of them. */
export const withFiles = (files: readonly string[] = []) => (files.length > 0 ? { files } : {})

/** @returns puts files of the demo where people's files go, and tells their ids */
export function createDemoUploads({ storage, files: { vault, media, limits }, now }: Deps) {
  const run: RunUseCase<StorageTx> = async (scope, work) =>
    (await storage.transactions.run(scope, work)).result
  const finishing = { run, read: storage.read, vault, media, locks: createUploadLocks() }
  async function upload(actor: Actor, file: DemoFile): Promise<string> {
    const { scope } = actor
    const { bytes, told, ...about } = await makeDemoFile(file)
    const id = newFileId()
    const key = vault.makeKey(scope, id)
    const given = { id, size: bytes.length, ...about }
    await run(scope, (tx) => createFile(tx, actor, given, key, limits, now))
    await vault.append({ scope, id, key }, bytes.length, inOneGo(bytes), 0)
    await finishFile(finishing, actor, id, told, now)
    return id
  }
  return async (actor: Actor, files: readonly DemoFile[]): Promise<readonly string[]> => {
    const ids: string[] = []
    for (const file of files) ids.push(await upload(actor, file))
    return ids
  }
}

async function* inOneGo(bytes: Uint8Array) {
  yield bytes
}
