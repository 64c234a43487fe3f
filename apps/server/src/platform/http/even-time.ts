/**
 * Runs, and settles only when the time since the start is a multiple of `step`: an observer learns no more than that.
 * @param step milliseconds
 * @returns what `run` resolves to @throws what it rejects with
 */
export async function inEvenTime<T>(step: number, run: () => Promise<T>): Promise<T> {
  const begun = performance.now()
  try {
    return await run()
  } finally {
    const rest = step - ((performance.now() - begun) % step)
    await new Promise((resolve) => setTimeout(resolve, rest))
  }
}
