/** So many pictures that nobody shows stay at hand, for scrolling back and forth. */
const IDLE_MAX = 120

interface Held {
  readonly loading: Promise<string>
  url: string | null
  uses: number
}

const held = new Map<string, Held>()

/**
 * An address for bytes in memory, shared by all who show them. Bytes that cannot be had are asked for again with the next wish.
 * @returns the address, at once where it is known; and the end of using it
 */
export function takeUrl(name: string, load: () => Promise<Blob>): { held: Held; release: () => void } {
  const found = held.get(name)
  const entry = found ?? begin(name, load)
  // the latest used stands last
  held.delete(name)
  held.set(name, entry)
  entry.uses += 1
  return {
    held: entry,
    release: () => {
      entry.uses -= 1
      forgetIdle()
    },
  }
}

export const urlAtHand = (name: string): string | null => held.get(name)?.url ?? null

function begin(name: string, load: () => Promise<Blob>): Held {
  const entry: Held = {
    url: null,
    uses: 0,
    loading: load().then((blob) => {
      entry.url = URL.createObjectURL(blob)
      return entry.url
    }),
  }
  entry.loading.catch(() => {
    if (held.get(name) === entry) held.delete(name)
  })
  return entry
}

function forgetIdle(): void {
  const idle = [...held].filter(([, { uses, url }]) => uses === 0 && url !== null)
  for (const [name, { url }] of idle.slice(0, Math.max(0, idle.length - IDLE_MAX))) {
    held.delete(name)
    if (url !== null) URL.revokeObjectURL(url)
  }
}

/** Whoever was signed in here is so no more. */
export function forgetAllUrls(): void {
  for (const { url } of held.values()) if (url !== null) URL.revokeObjectURL(url)
  held.clear()
}
