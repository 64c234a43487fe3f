import * as z from 'zod/mini'
import { idOf } from '../kernel/fields.ts'
import { signedIn } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { changeOf } from '../sync/change.ts'
import { chatPatch, chatSettings } from './chat-preference.ts'

export const changeChatPreference = defineRoute({
  method: 'PATCH',
  path: '/api/conversations/:conversationId/preference',
  summary:
    'Pin, mute, archive, mark unread or clear a chat, for oneself. What is not given stays; the same again changes nothing.',
  permission: signedIn,
  rateLimit: 'write',
  params: z.strictObject({ conversationId: idOf('conversation') }),
  body: chatPatch,
  response: z.strictObject({ change: changeOf('chat-preference') }),
  errors: ['not_found', 'too_many_pinned_chats'],
})

export const changeChatSettings = defineRoute({
  method: 'PATCH',
  path: '/api/me/chat-settings',
  summary: 'Change what one wants of all chats.',
  permission: signedIn,
  rateLimit: 'write',
  body: z.partial(chatSettings),
  response: z.strictObject({ change: changeOf('chat-settings') }),
  errors: [],
})
