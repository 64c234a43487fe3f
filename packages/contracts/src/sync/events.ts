import * as z from 'zod/mini'
import { instant } from '../kernel/fields.ts'
import { defineEvent, defineSignal } from '../kernel/event.ts'
import { signedIn } from '../kernel/permission.ts'
import { sessionEndReason } from '../sessions/session.ts'
import { change } from './change.ts'

export const subscribe = defineEvent({
  name: 'sync.subscribe',
  summary: 'From the acknowledgement on, every change that the member may see arrives live (Y3).',
  permission: signedIn,
  rateLimit: 'read',
  payload: z.strictObject({}),
  ack: z.strictObject({ serverTime: instant }),
})

export const changes = defineSignal({
  name: 'changes',
  summary: 'Committed changes in the order of their seq, for audiences of this member.',
  payload: z.array(change).check(z.minLength(1)),
})

export const sessionEnded = defineSignal({
  name: 'session-ended',
  summary: 'This session is over; the server closes the connection.',
  payload: z.strictObject({ reason: sessionEndReason }),
})

export const serverStopping = defineSignal({
  name: 'server-stopping',
  summary: 'The server is about to stop. Connect again after the given time; nothing acknowledged is lost.',
  payload: z.strictObject({ reconnectAfter: z.int().check(z.nonnegative()) }),
})
