import { DomainError } from '../../kernel/domain-error.ts'

/** One at a time may touch an upload: two connections of one device, most often, of which the older is dead and does not know it. */
export interface UploadLocks {
  /**
   * Waits until it is free.
   * @param letGo called when somebody else waits for it
   * @returns lets it go; idempotent
   * @throws DomainError overloaded when that takes too long
   */
  hold(name: string, letGo?: () => void): Promise<() => void>
}

const PATIENCE = 20_000
const WAITING_MAX = 20

interface Waiting {
  readonly letGo: () => void
  readonly start: () => void
}

interface Held {
  letGo: () => void
  readonly waiting: Waiting[]
}

export function createUploadLocks(patience = PATIENCE): UploadLocks {
  const held = new Map<string, Held>()
  const release = (name: string, lock: Held) => {
    const next = lock.waiting.shift()
    if (!next) {
      held.delete(name)
      return
    }
    lock.letGo = next.letGo
    next.start()
    if (lock.waiting.length > 0) next.letGo()
  }
  const waitFor = (lock: Held, letGo: () => void) =>
    new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        lock.waiting.splice(lock.waiting.indexOf(entry), 1)
        reject(new DomainError('overloaded', { retryAfter: 2 }))
      }
      const timer = setTimeout(giveUp, patience)
      const entry: Waiting = {
        letGo,
        start: () => {
          clearTimeout(timer)
          resolve()
        },
      }
      lock.waiting.push(entry)
      lock.letGo()
    })
  return {
    async hold(name, letGo = () => {}) {
      const lock = held.get(name)
      if (lock && lock.waiting.length >= WAITING_MAX) throw new DomainError('overloaded', { retryAfter: 2 })
      if (lock) await waitFor(lock, letGo)
      const mine = lock ?? { letGo, waiting: [] }
      held.set(name, mine)
      let over = false
      return () => {
        if (!over) release(name, mine)
        over = true
      }
    },
  }
}
