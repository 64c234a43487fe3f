import { fileURLToPath } from 'node:url'

export const web = new URL('..', import.meta.url)
/** The static export. */
export const out = fileURLToPath(new URL('out', web))
