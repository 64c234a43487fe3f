import { join } from 'node:path'
import { createDiskBlobs } from './adapters/blobs/disk/disk-blobs.ts'
import { createMediaThread } from './adapters/media/media-thread.ts'
import { createSentPictures } from './adapters/pictures/sent-pictures.ts'
import { openMasterKeys, type KeyPlaces } from './adapters/vault/master-key-file.ts'
import { SealedVault } from './adapters/vault/sealed-vault.ts'
import type { BlobStore } from './domains/files/blob-store.ts'
import type { FileLimits } from './domains/files/create-file.ts'
import type { FileVault } from './domains/files/file-vault.ts'
import type { MediaReader } from './domains/files/media-reader.ts'

/** All that files need besides the database. */
export interface FileParts {
  readonly vault: FileVault
  /** What the vault keeps its bytes in; for the sweep. */
  readonly blobs: BlobStore
  readonly media: MediaReader
  readonly limits: FileLimits
  /** The master keys that are here. */
  readonly keyIds: readonly string[]
}

interface FileSettings {
  /** The data folder. */
  readonly data: string
  /** The folder of the files, where they are not in the data folder. */
  readonly filesFolder: string | null
  readonly masterKey: Uint8Array | null
  readonly previousMasterKey: Uint8Array | null
}

/** Where the master key and the files are. */
export const keyPlacesOf = ({
  data,
  filesFolder,
  masterKey,
  previousMasterKey,
}: FileSettings): KeyPlaces => ({
  keyFile: join(data, 'master-key'),
  filesFolder: filesFolder ?? join(data, 'files'),
  given: [masterKey, previousMasterKey].filter((key) => key !== null),
})

/** @throws StartupError when there are files that the master key does not open */
export async function openFiles(settings: FileSettings, limits: FileLimits): Promise<FileParts> {
  const places = keyPlacesOf(settings)
  const masterKeys = await openMasterKeys(places)
  const blobs = createDiskBlobs(places.filesFolder)
  const vault = new SealedVault(blobs, masterKeys)
  return { vault, blobs, media: createMediaReader(), limits, keyIds: masterKeys.ids }
}

function createMediaReader(): MediaReader {
  const pictures = createSentPictures()
  const ask = createMediaThread()
  return {
    sniff: async (bytes) => {
      const type = await ask('type', () => Promise.resolve(bytes))
      return typeof type === 'string' ? type : null
    },
    preparePicture: (load) => pictures.prepare(load),
    preparePoster: (bytes) => pictures.preparePoster(bytes),
    countPages: async (load) => {
      const pages = await ask('pages', load)
      return typeof pages === 'number' ? pages : null
    },
  }
}
