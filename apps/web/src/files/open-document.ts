import type { ParleyClient } from '@parley/client/client-api'
import type { CopyOf } from '@parley/client/files/file-ports'
import { contentPath } from '@parley/contracts/files/paths'
import type { File as SharedFile } from '@parley/contracts/files/file'

/** An address that a tab is still reading must not be taken back at once. */
const KEPT_FOR = 60_000

/**
 * Shows or saves a file: from the server, or from the copy on this device where there is no network.
 * @throws CallFailed saying why it cannot be had, before a tab or a download has begun in vain
 */
export async function openDocument(
  client: ParleyClient,
  copy: CopyOf,
  file: SharedFile,
  show: boolean,
): Promise<void> {
  if (await isServed(file.id)) {
    follow(contentPath(file.id, { download: !show }), file, show)
    return
  }
  const bytes = (await client.fileBytes(copy)) as Blob
  const url = URL.createObjectURL(new Blob([bytes], { type: show ? file.type : 'application/octet-stream' }))
  follow(url, file, show)
  setTimeout(() => URL.revokeObjectURL(url), KEPT_FOR)
}

/** Whether the server gives these bytes out right now, which it says with the first of them. */
async function isServed(fileId: string): Promise<boolean> {
  if (!navigator.onLine) return false
  return fetch(contentPath(fileId), { headers: { range: 'bytes=0-0' } }).then(
    ({ ok }) => ok,
    () => false,
  )
}

function follow(href: string, file: SharedFile, show: boolean): void {
  const link = document.createElement('a')
  link.href = href
  if (show) link.target = '_blank'
  else link.download = file.name
  link.rel = 'noopener'
  link.click()
}
