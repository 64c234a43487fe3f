// Preloaded into a server: on it a day lasts one second, as far as messages disappear, and what has ended is deleted twice a second.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

/** File, what stands there, what stands there in its place. */
const hurried = [
  ['/domains/messages/send-message.ts', 'after * 1_000', 'after / 86.4'],
  ['/server/src/cleaning-jobs.ts', 'DISAPPEARING_EVERY = 60_000', 'DISAPPEARING_EVERY = 500'],
] as const

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    const found = hurried.find(([file]) => url.endsWith(file))
    if (!found) return loaded
    const [file, slow, fast] = found
    const source = readFileSync(new URL(url), 'utf8')
    if (!source.includes(slow)) throw new Error(`${file} does not say "${slow}" any more`)
    return { ...loaded, source: source.replace(slow, fast) }
  },
})
