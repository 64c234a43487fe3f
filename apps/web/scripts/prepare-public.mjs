import { cp, mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { web } from './places.mjs'

const require = createRequire(import.meta.url)

/** The emoji picker asks an address for its names; it asks this server, never a stranger's. */
export async function preparePublic() {
  const target = fileURLToPath(new URL('public/emoji/en/', web))
  await mkdir(target, { recursive: true })
  await cp(require.resolve('emojibase-data/en/data.json'), `${target}data.json`)
  await cp(require.resolve('emojibase-data/en/messages.json'), `${target}messages.json`)
}
