import type { LinkPreview } from '@parley/contracts/messages/link-preview'
import type { Clock } from '../../kernel/clock.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'

type Found = Promise<LinkPreview | null>

/** What was found is used again for so long, and so long nothing is asked again of a page that had nothing to show; in ms. */
const FOUND_FOR = 60 * 60_000
const NOTHING_FOR = 10 * 60_000
/** Of some 10 kB at most; of one organisation, so that none drives out what the others have found, and of all. */
const OF_ORGANISATION_MAX = 100
const OF_ALL_MAX = 500

interface Kept {
  readonly found: Found
  until: number
}

export type RememberPreview = (scope: OrgScope, url: string, find: () => Found) => Found

/**
 * Remembers for a while what was found, so that a link that goes through many chats is fetched once, also while it is being fetched. Nothing is
 * shared over an organisation's wall.
 */
export function createPreviewMemory(clock: Clock): RememberPreview {
  const all = new Map<OrgScope, Map<string, Kept>>()
  let size = 0
  const forget = (scope: OrgScope, url: string | undefined) => {
    const own = all.get(scope)
    if (url === undefined || !own?.delete(url)) return
    size -= 1
    if (own.size === 0) all.delete(scope)
  }
  const keep = (scope: OrgScope, url: string, made: Kept) => {
    forget(scope, url)
    const own = all.get(scope) ?? new Map<string, Kept>()
    all.set(scope, own.set(url, made))
    size += 1
    if (own.size > OF_ORGANISATION_MAX) forget(scope, oldestOf(own))
    if (size <= OF_ALL_MAX) return
    const [most] = [...all].sort(([, a], [, b]) => b.size - a.size)
    if (most) forget(most[0], oldestOf(most[1]))
  }
  return (scope, url, find) => {
    const known = all.get(scope)?.get(url)
    if (known && known.until > clock.now()) return known.found
    const made: Kept = { found: find(), until: Infinity }
    keep(scope, url, made)
    made.found.then(
      (preview) => (made.until = clock.now() + (preview ? FOUND_FOR : NOTHING_FOR)),
      () => {
        if (all.get(scope)?.get(url) === made) forget(scope, url)
      },
    )
    return made.found
  }
}

const oldestOf = (own: ReadonlyMap<string, Kept>): string | undefined => [...own.keys()][0]
