import { expect, test } from 'vitest'
import { receiptsOf } from './receipts.ts'

const mark = (memberId: string, delivered: number, seen: number) => ({
  memberId,
  delivered,
  deliveredAt: delivered ? delivered * 10 : null,
  seen,
  seenAt: seen ? seen * 100 : null,
})

test('of a message it is told who has seen it, who only received it, and who neither, and when', () => {
  const marks = [mark('me', 9, 9), mark('a', 9, 7), mark('b', 9, 9), mark('c', 7, 3), mark('d', 6, 0)]
  expect(receiptsOf(marks, 7, 'me')).toEqual({
    seen: [
      { memberId: 'b', at: 900, atTheLatest: true },
      { memberId: 'a', at: 700, atTheLatest: false },
    ],
    delivered: [{ memberId: 'c', at: 70, atTheLatest: false }],
    waiting: [{ memberId: 'd', at: null, atTheLatest: false }],
  })
})
