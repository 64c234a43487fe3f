import type { Channel, TabPorts } from '../platform/platform.ts'
import type { TabMessage } from './tab-message.ts'

export interface TabsOptions {
  readonly ports: TabPorts
  /** Tabs with the same name share a store. */
  readonly name: string
  /** This tab leads from now on; it leads until `leave`. */
  readonly lead: () => Promise<void>
  readonly hear: (message: TabMessage) => void
}

/** This tab among those that share a store: exactly one holds the lock and leads, the others follow it over the channel. */
export class Tabs {
  readonly #options: TabsOptions
  readonly #channel: Channel
  #leading = false
  #leave: () => void = () => {}
  readonly #left: Promise<void>
  #over = false

  constructor(options: TabsOptions) {
    this.#options = options
    this.#channel = options.ports.channel(options.name)
    this.#left = new Promise((resolve) => {
      this.#leave = resolve
    })
  }

  leading(): boolean {
    return this.#leading
  }

  /** Hears the others from now on. */
  listen(): void {
    this.#channel.listen((message) => {
      if (!this.#over) this.#options.hear(message as TabMessage)
    })
  }

  /** Stands in line for leading. */
  join(): void {
    const { ports, name, lead } = this.#options
    void ports.locks.request(
      `${name}-leader`,
      async () => {
        if (this.#over) return
        this.#leading = true
        await lead()
        await this.#left
      },
      this.#left,
    )
  }

  post(message: TabMessage): void {
    if (!this.#over) this.#channel.post(message)
  }

  /** Lets another tab lead. */
  leave(): void {
    this.#over = true
    this.#leading = false
    this.#leave()
    this.#channel.close()
  }
}
