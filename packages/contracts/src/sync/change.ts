import * as z from 'zod/mini'
import { communication } from '../communication/communication.ts'
import { chatPreference, chatSettings } from '../chat-preferences/chat-preference.ts'
import { conversation, mark, reach } from '../conversations/conversation.ts'
import { purge } from '../conversations/purge.ts'
import { department } from '../departments/department.ts'
import { invite } from '../invites/invite.ts'
import { sequence } from '../kernel/fields.ts'
import { account, member, ownProfile } from '../members/member.ts'
import { mentioned } from '../messages/mentions.ts'
import { message } from '../messages/message.ts'
import { ownMessage } from '../messages/own-message.ts'
import { reaction } from '../messages/reaction.ts'
import { notificationSettings } from '../notifications/notification-settings.ts'
import { organisation, organisationDetails } from '../organisations/organisation.ts'

/**
 * Who may see a change: `org`, `admins`, `department:<id>`, `conversation:<id>` or `member:<id>`.
 */
export const audience = z.string().check(
  z.maxLength(60),
  z.regex(/^(org|admins|(department|conversation|member):[0-9a-f-]{36})$/, {
    error: 'This is not an audience.',
  }),
)
export type Audience =
  'org' | 'admins' | `department:${string}` | `conversation:${string}` | `member:${string}`

/** Access to an audience was gained or lost (Y9); the id is the audience's name. */
const access = z.strictObject({ audience, state: z.enum(['gained', 'lost']) })

/** Every kind of change with the shape of its data. `data: null` says that the entity is gone. */
export const changeKinds = {
  organisation,
  'organisation-details': organisationDetails,
  communication,
  department,
  member,
  account,
  'own-profile': ownProfile,
  invite,
  conversation,
  mark,
  reach,
  purge,
  message,
  reaction,
  'own-message': ownMessage,
  'chat-preference': chatPreference,
  'chat-settings': chatSettings,
  mentioned,
  'notification-settings': notificationSettings,
  access,
} as const
export type ChangeKind = keyof typeof changeKinds
export type ChangeData<K extends ChangeKind> = z.output<(typeof changeKinds)[K]>

/** A change of one kind (Y2). `prev` is the seq of the audience's change before it; 0 for its first. */
export function changeOf<K extends ChangeKind>(kind: K) {
  return z.strictObject({
    seq: sequence,
    audience,
    prev: sequence,
    kind: z.literal(kind),
    id: z.string().check(z.maxLength(80)),
    data: z.nullable(changeKinds[kind]),
  })
}

export const change = z.discriminatedUnion('kind', [
  changeOf('organisation'),
  changeOf('organisation-details'),
  changeOf('communication'),
  changeOf('department'),
  changeOf('member'),
  changeOf('account'),
  changeOf('own-profile'),
  changeOf('invite'),
  changeOf('conversation'),
  changeOf('mark'),
  changeOf('reach'),
  changeOf('purge'),
  changeOf('message'),
  changeOf('reaction'),
  changeOf('own-message'),
  changeOf('chat-preference'),
  changeOf('chat-settings'),
  changeOf('mentioned'),
  changeOf('notification-settings'),
  changeOf('access'),
])
export type Change = z.infer<typeof change>
export type ChangeFor<K extends ChangeKind> = Extract<Change, { kind: K }>
