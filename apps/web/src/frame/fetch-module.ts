const AGAIN_AFTER = 2_000
const AGAIN_AFTER_MAX = 30_000

/**
 * Fetches a part of the program that is loaded with the first wish for it. Where the network fails just then, it is tried again
 * until it comes, so that a page never breaks for want of one part.
 * @param load a dynamic import
 */
export async function fetchModule<T>(load: () => Promise<T>): Promise<T> {
  for (let wait = AGAIN_AFTER; ; wait = Math.min(wait * 2, AGAIN_AFTER_MAX)) {
    try {
      return await load()
    } catch {
      await onlineOrAfter(wait)
    }
  }
}

function onlineOrAfter(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds)
    addEventListener('online', done)
    function done() {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
  })
}
