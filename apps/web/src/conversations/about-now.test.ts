import type { MessageView } from '@parley/client/client-api'
import { expect, test } from 'vitest'
import { aboutNow } from './about-now.ts'

const asked: MessageView = {
  id: 'a',
  conversationId: 'c',
  number: 1,
  senderId: 's',
  text: 'The code is 4711',
  notice: null,
  sentAt: 0,
  expiresAt: 1_000,
  starred: false,
  replyTo: null,
  forwarded: false,
  imported: null,
  mentions: null,
  linkPreview: null,
  files: [],
  edited: false,
  reactions: [],
  deleted: false,
  saving: false,
  refusedEdit: null,
  delivery: 'received',
  failure: null,
}
const reply = { kind: 'reply', message: asked } as const

test('what is answered is shown as it is by now, and as it was where it is not held any more', () => {
  const deleted = { ...asked, text: '', deleted: true }
  expect(aboutNow(reply, [deleted], 0)).toEqual({ kind: 'reply', message: deleted })
  expect(aboutNow(reply, [], 0)).toEqual(reply)
})

test('what has disappeared is not answered any more, held or not', () => {
  expect(aboutNow(reply, [asked], 999)).toEqual(reply)
  expect(aboutNow(reply, [asked], 1_000)).toBeNull()
  expect(aboutNow(reply, [], 1_000)).toBeNull()
})

test('an edit stays: what is being typed is not lost', () => {
  const edit = { kind: 'edit', message: asked, text: 'The code is 4712' } as const
  expect(aboutNow(edit, [], 1_000)).toBe(edit)
})
