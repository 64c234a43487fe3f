interface Watch {
  /** Asked before the first bytes are handed on, and then now and again; what it throws ends the stream. */
  readonly stillAllowed: () => Promise<unknown>
  /** ms; from a clock that never goes back */
  readonly every: number
  /** Called once: when the stream has ended, broken, or when nobody goes on with it. */
  readonly onEnd: (error: unknown) => void
}

/**
 * Hands bytes on for as long as that is allowed: what takes minutes must not outlive the right to it (A2). An iterator made by hand, because a
 * generator that is ended before it began would not end what is behind it.
 */
export function watchBytes(
  source: AsyncIterable<Uint8Array>,
  { stillAllowed, every, onEnd }: Watch,
): AsyncIterableIterator<Uint8Array> {
  const bytes = source[Symbol.asyncIterator]()
  let asked = performance.now()
  let over = false
  const end = (error?: unknown) => {
    if (!over) onEnd(error)
    over = true
  }
  const watched: AsyncIterableIterator<Uint8Array> = {
    async next() {
      try {
        if (performance.now() - asked >= every) {
          await stillAllowed()
          asked = performance.now()
        }
        const result = await bytes.next()
        if (result.done) end()
        return result
      } catch (error) {
        await bytes.return?.()
        end(error)
        throw error
      }
    },
    async return() {
      await bytes.return?.()
      end()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => watched,
  }
  return watched
}
