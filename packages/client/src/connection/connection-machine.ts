import type { ConnectionState } from '../client-api.ts'

/**
 * - `resting` nobody is signed in, or another tab leads
 * - `waiting` for the next try, or for the network
 * - `connecting`, `subscribing`, `catching-up`, `live` in this order and no other (Y3)
 * - `too-old` until the program is loaded anew
 */
export type Phase = 'resting' | 'waiting' | 'connecting' | 'subscribing' | 'catching-up' | 'live' | 'too-old'

export interface Machine {
  readonly phase: Phase
  /** Failures since the last time that all was well. */
  readonly attempt: number
}

export type MachineEvent =
  | { readonly type: 'begin' }
  | { readonly type: 'end' }
  | { readonly type: 'opened' }
  | { readonly type: 'subscribed' }
  | { readonly type: 'caught-up' }
  /** A change was missed while live. */
  | { readonly type: 'hole' }
  /** Refused, closed, or a step failed; `after` milliseconds at least before the next try. */
  | { readonly type: 'failed'; readonly after?: number }
  /** The wait is over, the network came back, or the person looks again. */
  | { readonly type: 'retry' }
  | { readonly type: 'network-lost' }
  | { readonly type: 'refused-as-too-old' }

export type Effect =
  | { readonly do: 'open' }
  | { readonly do: 'close' }
  | { readonly do: 'subscribe' }
  | { readonly do: 'catch-up' }
  | { readonly do: 'wait'; readonly attempt: number; readonly after: number }
  | { readonly do: 'stop-waiting' }

export const resting: Machine = { phase: 'resting', attempt: 0 }

type Step = readonly [Machine, readonly Effect[]]

const stay = (machine: Machine): Step => [machine, []]
const open: Effect = { do: 'open' }
const close: Effect = { do: 'close' }
const stopWaiting: Effect = { do: 'stop-waiting' }

/** The next state and what has to be done; events that mean nothing in a state change nothing. */
export function step(machine: Machine, event: MachineEvent): Step {
  const { phase, attempt } = machine
  const connected = phase === 'subscribing' || phase === 'catching-up' || phase === 'live'
  switch (event.type) {
    case 'begin':
      return phase === 'resting' ? [{ phase: 'connecting', attempt: 0 }, [open]] : stay(machine)
    case 'end':
      return phase === 'too-old' ? stay(machine) : [resting, [stopWaiting, close]]
    case 'opened':
      return phase === 'connecting'
        ? [{ phase: 'subscribing', attempt }, [{ do: 'subscribe' }]]
        : stay(machine)
    case 'subscribed':
      return phase === 'subscribing'
        ? [{ phase: 'catching-up', attempt }, [{ do: 'catch-up' }]]
        : stay(machine)
    case 'caught-up':
      return phase === 'catching-up' ? [{ phase: 'live', attempt: 0 }, []] : stay(machine)
    case 'hole':
      return phase === 'live' ? [{ phase: 'catching-up', attempt: 0 }, [{ do: 'catch-up' }]] : stay(machine)
    case 'failed':
      if (!connected && phase !== 'connecting') return stay(machine)
      return wait(attempt, event.after ?? 0)
    case 'network-lost':
      return connected || phase === 'connecting' ? wait(attempt, 0) : stay(machine)
    case 'retry':
      return phase === 'waiting' ? [{ phase: 'connecting', attempt }, [stopWaiting, open]] : stay(machine)
    case 'refused-as-too-old':
      return [{ phase: 'too-old', attempt: 0 }, [stopWaiting, close]]
  }
}

const wait = (attempt: number, after: number): Step => [
  { phase: 'waiting', attempt: attempt + 1 },
  [close, { do: 'wait', attempt, after }],
]

/** What screens are told of a phase; a resting client is signed out or following, which others know. */
export const shownAs: Record<Exclude<Phase, 'resting'>, ConnectionState> = {
  waiting: 'offline',
  connecting: 'connecting',
  subscribing: 'connecting',
  'catching-up': 'catching-up',
  live: 'live',
  'too-old': 'too-old',
}
