import type { LinkPreview } from '@parley/contracts/messages/link-preview'
import type { Clock } from '../../kernel/clock.ts'

type Found = Promise<LinkPreview | null>

/** What was found is used again for so long, and so long nothing is asked again of a page that had nothing to show; in ms. */
const FOUND_FOR = 60 * 60_000
const NOTHING_FOR = 10 * 60_000
/** Of some 10 kB at most. */
const KEPT_MAX = 500

interface Kept {
  readonly found: Found
  until: number
}

/**
 * Remembers for a while what was found, so that a link that goes through many chats is fetched once, also while it is being fetched.
 * @param key whose link it is, and which: nothing is shared over an organisation's wall
 */
export function createPreviewMemory(clock: Clock): (key: string, find: () => Found) => Found {
  const kept = new Map<string, Kept>()
  return (key, find) => {
    const known = kept.get(key)
    if (known && known.until > clock.now()) return known.found
    const found = find()
    const made: Kept = { found, until: Infinity }
    kept.delete(key)
    kept.set(key, made)
    const [oldest] = kept.keys()
    if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest)
    found.then(
      (preview) => (made.until = clock.now() + (preview ? FOUND_FOR : NOTHING_FOR)),
      () => kept.delete(key),
    )
    return found
  }
}
