import type * as z from 'zod/mini'
import type { Permission } from './permission.ts'
import type { RateLimitName } from './route.ts'

/** An event from client to server; answered by an acknowledgement unless `ack` is left out. */
export interface EventShape {
  readonly name: string
  readonly summary: string
  readonly permission: Permission
  readonly rateLimit: RateLimitName | 'signal'
  readonly payload: z.ZodMiniObject
  readonly ack?: z.ZodMiniType
}

/** A signal from server to client; never acknowledged. */
export interface SignalShape {
  readonly name: string
  readonly summary: string
  readonly payload: z.ZodMiniType
}

export const defineEvent = <const E extends EventShape>(event: E): E => event
export const defineSignal = <const S extends SignalShape>(signal: S): S => signal

export type EventPayload<E extends EventShape> = z.output<E['payload']>
export type EventAck<E extends EventShape> = E['ack'] extends z.ZodMiniType ? z.output<E['ack']> : undefined
export type SignalPayload<S extends SignalShape> = z.output<S['payload']>
