import type { Message } from '@parley/contracts/messages/message'
import { expect, test } from 'vitest'
import { newId } from '../../kernel/ids.ts'
import { writePage } from './write-page.ts'

const PAGE = 50

const message = (number: number): Message => ({
  id: newId(),
  conversationId: newId(),
  number,
  senderId: newId(),
  text: `*Line* ${String(number)}`,
  notice: null,
  quiet: 0,
  sentAt: 1_790_000_000_000,
})

test('While a page is written others have their turn after each message, since a text may be made to take long', async () => {
  const messages = Array.from({ length: PAGE }, (_, index) => message(index + 1))
  const about = { title: 'Harbour', timeZone: 'UTC', exportedAt: 1_790_000_000_000, withFiles: false }
  const pages = (async function* () {
    yield messages
  })()
  let turns = 0
  let over = false
  const take = () => {
    turns += 1
    if (!over) setImmediate(take)
  }
  setImmediate(take)
  let page = ''
  for await (const piece of writePage(pages, { ...about, nameOf: async () => 'Amina' }))
    page += piece.toString()
  over = true
  expect(page).toContain('<b>Line</b> 50')
  expect(turns).toBeGreaterThanOrEqual(PAGE)
})
