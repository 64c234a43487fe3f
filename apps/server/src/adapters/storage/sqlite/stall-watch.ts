/** A programming error: works share the one writing connection, so none may wait for anything else. */
export class StalledError extends Error {
  override readonly name = 'StalledError'

  constructor() {
    super('A transaction waited for something other than its own reads and writes, and was undone.')
  }
}

/** Ends the wait for a work that keeps all others waiting. */
export class StallWatch {
  readonly #milliseconds: number
  #timer: NodeJS.Timeout | undefined
  /** Rejects when the time is up. */
  stalled: Promise<never>

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds
    this.stalled = this.#start()
  }

  restart(): void {
    this.end()
    this.stalled = this.#start()
  }

  end(): void {
    clearTimeout(this.#timer)
  }

  #start(): Promise<never> {
    const { promise, reject } = Promise.withResolvers<never>()
    promise.catch(() => undefined)
    this.#timer = setTimeout(() => reject(new StalledError()), this.#milliseconds)
    return promise
  }
}
