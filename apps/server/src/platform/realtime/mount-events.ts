import { events, type Events } from '@parley/contracts/events'
import type { EventAck, EventPayload, EventShape } from '@parley/contracts/kernel/event'
import type { Actor } from '../../kernel/actor.ts'

/** An event as its contract promises it: parsed, allowed, with the actor's rights as of now. */
export interface EventRequest<E extends EventShape> {
  readonly payload: EventPayload<E>
  readonly actor: Actor
  readonly connectionId: string
}

/** Where no acknowledgement is declared, whatever is returned stays here. */
type EventAnswer<E extends EventShape> = EventAck<E> extends undefined ? unknown : EventAck<E>

/** A handler for every event of the contracts; domains give parts of it, `app.ts` puts them together (A3). */
export type EventHandlers = {
  readonly [N in keyof Events]: (request: EventRequest<Events[N]>) => Promise<EventAnswer<Events[N]>>
}

type AnyHandler = (request: EventRequest<EventShape>) => Promise<unknown>

/** One event, ready to be answered, with what was counted of it. */
export interface MountedEvent {
  readonly shape: EventShape
  readonly handle: AnyHandler
  answered: number
  refused: number
}

/** Every event by the name it has on the wire. @throws Error when one has no handler (A3) */
export function mountEvents(handlers: EventHandlers): ReadonlyMap<string, MountedEvent> {
  const mounted = new Map<string, MountedEvent>()
  for (const [key, shape] of Object.entries(events) as [keyof Events, EventShape][]) {
    const handle = handlers[key] as AnyHandler | undefined
    if (!handle) throw new Error(`the event ${shape.name} has no handler`)
    mounted.set(shape.name, { shape, handle, answered: 0, refused: 0 })
  }
  return mounted
}
