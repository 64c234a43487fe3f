import { expect, test } from 'vitest'
import { emptyState } from '../replica/replica-state.ts'
import { leftoversIn } from './leftovers.ts'

test('what was written where the access has ended is kept to be copied, and nothing else', () => {
  const state = emptyState()
  const entry = { createdAt: 1, position: 1, state: 'queued', failure: null } as const
  state.drafts.set('gone', 'half a sentence').set('here', 'a draft').set('blank', ' ')
  state.outbox.set('gone', [{ ...entry, id: 'm1', conversationId: 'gone', text: 'not sent' }])
  state.outbox.set('here', [{ ...entry, id: 'm2', conversationId: 'here', text: 'on its way' }])
  expect(leftoversIn(state), 'before anything is loaded').toEqual([])
  const here = { seq: 1, data: { id: 'here' } } as never
  state.records.conversation.set('here', here)
  expect(leftoversIn(state)).toEqual([
    { conversationId: 'gone', messageId: null, text: 'half a sentence' },
    { conversationId: 'gone', messageId: 'm1', text: 'not sent' },
  ])
  state.records.conversation.set('gone', { seq: 2, data: null } as never)
  expect(leftoversIn(state)).toHaveLength(2)
})
