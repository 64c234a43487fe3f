import type { ParleyClient } from '@parley/client/client-api'
import type { CopyOf } from '@parley/client/files/file-ports'
import type { File as SharedFile } from '@parley/contracts/files/file'

/** An address that a tab is still reading must not be taken back at once. */
const KEPT_FOR = 60_000

/**
 * Shows or saves a file from the copy on this device, for when there is no network.
 * @throws CallFailed when there is none
 */
export async function openDocument(
  client: ParleyClient,
  copy: CopyOf,
  file: SharedFile,
  show: boolean,
): Promise<void> {
  const bytes = (await client.fileBytes(copy)) as Blob
  const url = URL.createObjectURL(new Blob([bytes], { type: show ? file.type : 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  if (show) link.target = '_blank'
  else link.download = file.name
  link.rel = 'noopener'
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), KEPT_FOR)
}
