import type { Clock } from '../../kernel/clock.ts'
import type { EventHandlers } from '../../platform/realtime/mount-events.ts'

/**
 * Every connection belongs to its member from the handshake on and the dispatcher asks at each change who may see it, so there is
 * nothing to join: the acknowledgement only says from when on live changes are complete (Y3).
 */
export const syncEvents = ({ clock }: { readonly clock: Clock }): Pick<EventHandlers, 'subscribe'> => ({
  subscribe: () => Promise.resolve({ serverTime: clock.now() }),
})
