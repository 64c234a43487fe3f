import { newFileId } from '@parley/contracts/files/file-id'
import type { Storage, StorageTx } from '../adapters/storage/contract/storage.ts'
import { createFile } from '../domains/files/create-file.ts'
import { finishFile } from '../domains/files/finish-file.ts'
import { createUploadLocks } from '../domains/files/upload-locks.ts'
import type { MediaReader, PreparedPicture } from '../domains/files/media-reader.ts'
import type { Actor } from '../kernel/actor.ts'
import type { RunUseCase } from '../kernel/transactions.ts'
import type { FileParts } from '../open-files.ts'
import { makeDemoFile, type DemoFile } from './demo-files.ts'

export type DemoFileParts = Pick<FileParts, 'vault' | 'limits'>

interface Deps {
  readonly storage: Storage
  readonly files: DemoFileParts
  readonly now: number
}

/** Of a message without files, nothing is said of them. */
export const withFiles = (files: readonly string[] = []) => (files.length > 0 ? { files } : {})

/** @returns puts files of the demo where people's files go, and tells their ids */
export function createDemoUploads({ storage, files: { vault, limits }, now }: Deps) {
  const run: RunUseCase<StorageTx> = async (scope, work) =>
    (await storage.transactions.run(scope, work)).result
  const finishing = { run, read: storage.read, vault, locks: createUploadLocks() }
  async function upload(actor: Actor, file: DemoFile): Promise<string> {
    const { scope } = actor
    const { bytes, told, prepared, pages, ...about } = await makeDemoFile(file)
    const media = knowing(about.type, prepared, pages)
    const id = newFileId()
    const key = vault.makeKey(scope, id)
    const given = { id, size: bytes.length, ...about }
    await run(scope, (tx) => createFile(tx, actor, given, key, limits, now))
    await vault.append({ scope, id, key }, bytes.length, inOneGo(bytes), 0)
    await finishFile({ ...finishing, media }, actor, id, told, now)
    return id
  }
  return async (actor: Actor, files: readonly DemoFile[]): Promise<readonly string[]> => {
    const ids: string[] = []
    for (const file of files) ids.push(await upload(actor, file))
    return ids
  }
}

/** Tells what is known already, so that nothing has to be loaded that looks at files. */
const knowing = (type: string, prepared: PreparedPicture | null, pages: number | null): MediaReader => ({
  sniff: () => Promise.resolve(type),
  preparePicture: () => Promise.resolve(prepared),
  preparePoster: () => Promise.reject(new Error('the demo has no films')),
  countPages: () => Promise.resolve(pages),
})

async function* inOneGo(bytes: Uint8Array) {
  yield bytes
}
