/** Where tus sends the bytes of a file that `createFile` has announced. */
export const uploadPath = (id: string): string => `/api/files/${id}/upload`

/** Where the bytes are. `download` asks for them to be saved rather than shown. */
export const contentPath = (id: string, { download = false } = {}): string =>
  `/api/files/${id}/content${download ? '?download=1' : ''}`

/** Where the small picture is: WebP, at most 640 pixels wide and high. */
export const previewPath = (id: string): string => `/api/files/${id}/preview`
