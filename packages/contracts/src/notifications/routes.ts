import * as z from 'zod/mini'
import { idOf } from '../kernel/fields.ts'
import { adminOnly, signedIn } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { notificationChoices, notificationSettings } from './notification-settings.ts'
import { push, pushDevice, pushTarget } from './push.ts'

export const changeNotificationSettings = defineRoute({
  method: 'PATCH',
  path: '/api/me/notifications',
  summary: 'Change how one is told: sounds, what is shown, quiet hours. What is not given stays.',
  permission: signedIn,
  rateLimit: 'write',
  body: z.partial(notificationChoices),
  response: notificationSettings,
  errors: [],
})

export const pushSetup = defineRoute({
  method: 'GET',
  path: '/api/me/push',
  summary: 'What a browser needs to subscribe, and whether this session is subscribed.',
  permission: signedIn,
  rateLimit: 'read',
  response: z.strictObject({
    /** The application server key (VAPID, RFC 8292), base64url; null where this installation sends no pushes. */
    publicKey: z.nullable(z.string()),
    /** The address that is kept for this session; null for none. */
    endpoint: z.nullable(z.string()),
  }),
  errors: [],
})

export const subscribeToPush = defineRoute({
  method: 'PUT',
  path: '/api/me/push',
  summary: 'Have this session told through its browser’s push service, until it is signed out.',
  permission: signedIn,
  rateLimit: 'write',
  body: pushTarget,
  errors: ['push_unavailable', 'push_address_refused'],
})

export const unsubscribeFromPush = defineRoute({
  method: 'DELETE',
  path: '/api/me/push',
  summary: 'Have this session told no more.',
  permission: signedIn,
  rateLimit: 'write',
  errors: [],
})

const ledger = z.strictObject({
  /** The newest first. */
  pushes: z.array(push),
  devices: z.array(pushDevice),
})

export const listPushes = defineRoute({
  method: 'GET',
  path: '/api/me/pushes',
  summary: 'What was sent to the own devices in the last weeks, and what became of it.',
  permission: signedIn,
  rateLimit: 'read',
  response: ledger,
  errors: [],
})

export const testPush = defineRoute({
  method: 'POST',
  path: '/api/me/push-tests',
  summary: 'Send a test to the own devices. What becomes of it, the ledger says.',
  permission: signedIn,
  rateLimit: 'write',
  response: z.strictObject({ lines: z.array(z.string()) }),
  errors: ['push_unavailable'],
})

export const listMemberPushes = defineRoute({
  method: 'GET',
  path: '/api/members/:memberId/pushes',
  summary: 'What was sent to a member’s devices, and what became of it; never what it said.',
  permission: adminOnly,
  rateLimit: 'read',
  params: z.strictObject({ memberId: idOf('member') }),
  response: ledger,
  errors: ['not_found'],
})
