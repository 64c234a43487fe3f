import type { MessageView } from '@parley/client/client-api'
import type { Notice } from '@parley/contracts/messages/notice'
import { describe, expect, it } from 'vitest'
import { numberAt, streamRows, type PurgedRange, type UnreadSpan } from './stream-rows.ts'

const noon = new Date(2026, 2, 14, 12).getTime()
const minute = 60_000

function message(number: number | null, senderId: string, sentAt: number, more: Partial<MessageView> = {}) {
  const delivery = number === null ? 'queued' : 'received'
  return {
    id: `m${number ?? 'q'}-${sentAt}`,
    conversationId: 'c',
    number,
    senderId,
    text: '',
    notice: null,
    sentAt,
    expiresAt: null,
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
    delivery,
    failure: null,
    ...more,
  } as const
}

interface Given {
  unread?: UnreadSpan
  purged?: PurgedRange[]
  reachedStart?: boolean
  reachedEnd?: boolean
}

function rowsOf(messages: readonly MessageView[], { unread, purged = [], ...given }: Given = {}) {
  const { reachedStart = true, reachedEnd = true } = given
  return streamRows({ messages, purged, reachedStart, reachedEnd }, unread ?? null, false)
}

const kinds = (rows: ReturnType<typeof streamRows>) =>
  rows.map((row) => (row.kind === 'message' ? (row.first ? 'first' : 'next') : row.kind))

describe('the rows of a conversation', () => {
  it('groups what one person writes within five minutes', () => {
    const rows = rowsOf([
      message(1, 'a', noon),
      message(2, 'a', noon + 4 * minute),
      message(3, 'a', noon + 10 * minute),
      message(4, 'b', noon + 11 * minute),
    ])
    expect(kinds(rows)).toEqual(['day', 'first', 'next', 'first', 'first', 'end'])
  })

  it('starts every day with its name', () => {
    const rows = rowsOf([message(1, 'a', noon), message(2, 'a', noon + 86_400_000)])
    expect(kinds(rows)).toEqual(['day', 'first', 'day', 'first', 'end'])
  })

  it('draws the unread line once, where reading stopped, and counts up to the newest of then', () => {
    const messages = [1, 2, 3, 4].map((number) => message(number, 'a', noon + number))
    const rows = rowsOf(messages, { unread: { from: 3, upTo: 4, count: 2 } })
    expect(kinds(rows)).toEqual(['day', 'first', 'next', 'new', 'first', 'next', 'end'])
    expect(rows.find((row) => row.kind === 'new')).toMatchObject({ count: 2 })
  })

  it('keeps system lines out of groups, and out of what is unread', () => {
    const notice: Notice = { what: 'left', memberIds: [], count: 0, name: null, setting: null }
    const messages = [
      message(1, 'a', noon),
      message(2, 'a', noon + 1, { notice }),
      message(3, 'a', noon + 2),
      message(4, 'b', noon + 3, { notice }),
      message(5, 'b', noon + 4),
    ]
    const rows = rowsOf(messages, { unread: { from: 2, upTo: 5, count: 2 } })
    expect(kinds(rows)).toEqual(['day', 'first', 'notice', 'new', 'first', 'notice', 'first', 'end'])
    expect(rows.find((row) => row.kind === 'new')).toMatchObject({ count: 2 })
    expect(numberAt(rows, 5)).toBe(4)
  })

  it('begins neither a day nor a group while what comes before is not known', () => {
    const later = [message(3, 'a', noon + 2), message(4, 'b', noon + 3)]
    const short = rowsOf(later, { reachedStart: false })
    expect(kinds(short)).toEqual(['next', 'first', 'end'])
    const earlier = [message(1, 'b', noon), message(2, 'a', noon + 1)]
    const whole = rowsOf([...earlier, ...later])
    expect(kinds(whole).slice(-short.length)).toEqual(kinds(short))
  })

  it('leaves what waits to be sent behind the numbered ones when it says how far the screen reaches', () => {
    const rows = rowsOf([message(7, 'a', noon), message(null, 'me', noon + 1)])
    expect(numberAt(rows, rows.length)).toBe(7)
    expect(numberAt(rows, 0)).toBeNull()
  })

  it('says between messages, and below them, where the rule has deleted some: what was imported is older than what stands above it', () => {
    const gone = (from: number, to: number, why: PurgedRange['why'] = 'retention') => ({
      ...{ from, to, why, days: 90, memberId: null },
    })
    const messages = [message(4, 'a', noon), message(9, 'a', noon + 1), message(12, 'a', noon + 2)]
    const purged = [
      gone(1, 3),
      gone(5, 6),
      gone(7, 7, 'undone'),
      gone(8, 8),
      gone(10, 11, 'expired'),
      gone(13, 20),
    ]
    const rows = rowsOf(messages, { purged })
    expect(kinds(rows)).toEqual(['day', 'first', 'purged', 'first', 'next', 'purged', 'end'])
    expect(rows.filter(({ kind }) => kind === 'purged')).toMatchObject([
      { range: { from: 8 } },
      { range: { from: 13 } },
    ])
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
    const far = rowsOf(messages, { purged, reachedEnd: false })
    expect(kinds(far)).toEqual(['day', 'first', 'purged', 'first', 'next', 'end'])
    const waiting = rowsOf([...messages, message(null, 'a', noon + 3)], { purged })
    expect(kinds(waiting)).toEqual(['day', 'first', 'purged', 'first', 'next', 'purged', 'first', 'end'])
  })
})
