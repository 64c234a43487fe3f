import type { Channel, Locks, Platform, TabPorts, Timers } from '../platform/platform.ts'

export interface TestPlatform extends Platform {
  /** Sets what the device knows of its network, and tells. */
  setOnline(online: boolean): void
  setVisible(visible: boolean): void
  /** The person does something. */
  use(): void
}

/** A platform that does what a test says. */
export function testPlatform(timers: Timers, tabs: TabPorts | null = null): TestPlatform {
  const listeners = new Set<() => void>()
  let online = true
  let visible = true
  let lastUsed = timers.now()
  const tell = () => {
    for (const listener of [...listeners]) listener()
  }
  return {
    timers,
    random: () => 0.5,
    fetch: () => Promise.reject(new Error('a test has no fetch')),
    network: {
      online: () => online,
      visible: () => visible,
      lastUsed: () => lastUsed,
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    tabs,
    setOnline(next) {
      online = next
      tell()
    },
    use() {
      lastUsed = timers.now()
      tell()
    },
    setVisible(next) {
      visible = next
      if (next) lastUsed = timers.now()
      tell()
    },
  }
}

/** Locks and channels among the clients of one process, as a browser has them among its tabs. */
export function testTabs(): TabPorts {
  return { locks: testLocks(), channel: testChannels() }
}

function testLocks(): Locks {
  const queues = new Map<string, Promise<unknown>>()
  return {
    request(name, run, given) {
      const before = queues.get(name) ?? Promise.resolve()
      let over = false
      void given?.then(() => {
        over = true
      })
      const turn = before.then(async () => (over ? undefined : run()))
      queues.set(
        name,
        turn.catch(() => {}),
      )
      return turn
    },
  }
}

function testChannels(): (name: string) => Channel {
  const open = new Map<string, Set<(message: unknown) => void>>()
  return (name) => {
    const listeners = open.get(name) ?? new Set()
    open.set(name, listeners)
    let own: ((message: unknown) => void) | null = null
    return {
      post(message) {
        const copy = structuredCloneOf(message)
        for (const listener of [...listeners]) {
          if (listener !== own) void Promise.resolve().then(() => listeners.has(listener) && listener(copy))
        }
      },
      listen(listener) {
        own = listener
        listeners.add(listener)
      },
      close() {
        if (own) listeners.delete(own)
      },
    }
  }
}

const structuredCloneOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown
