import type { CopyOf } from '@parley/client/files/file-ports'
import { useConnection } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useEffect, useState } from 'react'
import { takeUrl, urlAtHand } from './object-urls.ts'

/** The address of a file's bytes; null for nothing to show, or while they come. */
export interface FileUrl {
  readonly url: string | null
  readonly failed: boolean
  /** Why, where it failed. */
  readonly why?: unknown
}

const nothing: FileUrl = { url: null, failed: false }

/**
 * Bytes of a file as an address for an element of this page. What fails is tried again when the connection is back.
 * @param copy null while it is not wished for
 */
export function useFileUrl(copy: CopyOf | null): FileUrl {
  const client = useClient()
  const name = copy && `${copy.fileId} ${copy.variant}`
  const live = useConnection() === 'live'
  const [shown, setShown] = useState<FileUrl & { readonly name: string | null }>({ ...nothing, name: null })
  useEffect(() => {
    if (!copy || !name) return
    let over = false
    const { held, release } = takeUrl(name, async () => (await client.fileBytes(copy)) as Blob)
    held.loading.then(
      (url) => {
        if (!over) setShown({ name, url, failed: false })
      },
      (why: unknown) => {
        if (!over) setShown({ name, url: null, failed: true, why })
      },
    )
    return () => {
      over = true
      release()
    }
    // the names say all that there is of a copy
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, name, live])
  if (!name) return nothing
  if (shown.name === name && (shown.url !== null || shown.failed)) return shown
  const url = urlAtHand(name)
  return url === null ? nothing : { url, failed: false }
}
