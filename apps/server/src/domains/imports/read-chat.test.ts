import { describe, expect, test } from 'vitest'
import { DateOrderFinder, wallTimeOf } from './date-order.ts'
import { createZone } from './local-time.ts'
import { readChat, type WrittenMessage } from './read-chat.ts'
import { readFirstLine } from './whatsapp-line.ts'
import { readText } from './whatsapp-text.ts'

const NARROW = '\u202f'
const LTR = '\u200e'

describe('The first line of a message, as phones write it', () => {
  const at = (a: number, b: number, c: number, hour: number, minute: number, second = 0) => ({
    date: [a, b, c],
    hour,
    minute,
    second,
  })
  test.each([
    ['12/31/25, 9:41 PM - Mei: Hello', at(12, 31, 25, 21, 41)],
    [`12/31/25, 9:41${NARROW}PM - Mei: Hello`, at(12, 31, 25, 21, 41)],
    ['31.12.25, 21:41 - Mei: Hello', at(31, 12, 25, 21, 41)],
    ['31/12/2025, 21:41 - Mei: Hello', at(31, 12, 2025, 21, 41)],
    ['31/12/2025 21:41 - Mei: Hello', at(31, 12, 2025, 21, 41)],
    ['31/12/2025, 9:41 p. m. - Mei: Hello', at(31, 12, 2025, 21, 41)],
    ['31/12/2025, 12:05 a.m. - Mei: Hello', at(31, 12, 2025, 0, 5)],
    ['2025-12-31, 21:41 - Mei: Hello', at(2025, 12, 31, 21, 41)],
    ['2025/12/31 下午9:41 - Mei: Hello', at(2025, 12, 31, 21, 41)],
    ['31.12.25, 21.41 - Mei: Hello', at(31, 12, 25, 21, 41)],
    ['[31/12/2025, 21:41:07] Mei: Hello', at(31, 12, 2025, 21, 41, 7)],
    [`${LTR}[12/31/25, 9:41:07${NARROW}PM] Mei: Hello`, at(12, 31, 25, 21, 41, 7)],
    ['[31.12.25, 21:41:07] Mei: Hello', at(31, 12, 25, 21, 41, 7)],
    [`\ufeff[31.12.25, 21:41:07] ~${NARROW}Mei: Hello`, at(31, 12, 25, 21, 41, 7)],
    ['\u200f٣١/١٢/٢٠٢٥، ٩:٤١ م - Mei: Hello', at(31, 12, 2025, 21, 41)],
  ])('%s', (line, time) => {
    expect(readFirstLine(line)).toMatchObject({ time, author: 'Mei', text: 'Hello' })
  })

  test.each([
    'and one more thing',
    '12/31 is fine - Mei: thinks so',
    '9:41 PM - no date',
    '[1] a list',
    '[31/12/2025, 25:41:07] Mei: no such hour',
    '12/31/25, 9:75 PM - Mei: no such minute',
    '- Mei: no date at all',
    '',
  ])('what goes on is no first line: %s', (line) => {
    expect(readFirstLine(line)).toBeNull()
  })

  test('numbers, colons in texts, empty texts and names from right to left are as they are', () => {
    const read = (line: string) => readFirstLine(`31.12.25, 21:41 - ${line}`)
    expect(read('\u202a+49 171 2345678\u202c: Hi: there')).toMatchObject({
      author: '+49 171 2345678',
      text: 'Hi: there',
    })
    expect(read('ليلى: مرحبا')).toMatchObject({ author: 'ليلى', text: 'مرحبا' })
    expect(read('Mei:')).toMatchObject({ author: 'Mei', text: '' })
  })

  test('lines of WhatsApp itself have no author', () => {
    const read = (line: string) => readFirstLine(`31.12.25, 21:41 - ${line}`)?.author
    expect(read('Mei added Luca')).toBeNull()
    expect(read('Mei changed the subject from "Trip: day 1" to "Trip: day 2"')).toBeNull()
  })
})

describe('What a message says', () => {
  const said = (text: string, marked = false) => readText(text, marked)

  test('however long a text is, it is read in the time of its length', () => {
    for (const text of [`a${' '.repeat(100_000)}b`, `<${'edited'.repeat(16_000)}`, '<'.repeat(100_000)])
      expect(said(text).edited).toBe(false)
  })
  test.each([
    ['IMG-20251231-WA0001.jpg (file attached)', { attachment: 'IMG-20251231-WA0001.jpg', text: '' }],
    ['IMG-1.jpg (Datei angehängt)\nAt the pier', { attachment: 'IMG-1.jpg', text: 'At the pier' }],
    [`${LTR}<attached: 00000012-PHOTO-2025.jpg>`, { attachment: '00000012-PHOTO-2025.jpg', text: '' }],
    [`At the pier ${LTR}<Anhang: 1-PHOTO.jpg>`, { attachment: '1-PHOTO.jpg', text: 'At the pier' }],
    ['<Media omitted>', { omitted: true, text: '' }],
    ['<Medien ausgeschlossen>\nAt the pier', { omitted: true, text: 'At the pier' }],
    [`${LTR}image omitted`, { omitted: true }],
    ['This message was deleted', { deleted: true }],
    [`${LTR}You deleted this message.`, { deleted: true }],
    [`Ten past ${LTR}<This message was edited>`, { edited: true, text: 'Ten past' }],
    ['A line\n\n  and more', { text: 'A line\n\n  and more', attachment: null, omitted: false }],
    ['see (file attached)', { text: 'see (file attached)', attachment: null }],
    ['a\u0007b', { text: 'ab' }],
  ])('%j', (text, expected) => expect(said(text)).toMatchObject(expected))

  test('a line that iOS marks as its own is none of a person, unless it holds something of theirs', () => {
    expect(said(`${LTR}Mei created this group`, true).system).toBe(true)
    expect(said(`${LTR}POLL:\nWhere?`, true)).toMatchObject({ system: false, text: 'POLL:\nWhere?' })
    expect(said(`${LTR}<attached: 1-PHOTO.jpg>`, true)).toMatchObject({
      system: false,
      attachment: '1-PHOTO.jpg',
    })
  })

  test('a name with path parts is no attachment', () => {
    expect(said('../../etc/passwd.txt (file attached)').attachment).toBeNull()
    expect(said('<attached: ..\\secret.txt>').attachment).toBeNull()
  })
})

describe('The order of a date is found out from the whole file', () => {
  const orderOf = (...dates: (readonly [number, number, number])[]) => {
    const finder = new DateOrderFinder()
    for (const date of dates) finder.see({ date, hour: 9, minute: 0, second: 0 })
    const readings = finder.readings()
    return readings.length === 1 ? readings[0]?.order : readings.map(({ order }) => order)
  }
  test('by a day beyond the twelfth', () => {
    expect(orderOf([1, 2, 25], [13, 2, 25])).toBe('day-first')
    expect(orderOf([1, 2, 25], [2, 13, 25])).toBe('month-first')
    expect(orderOf([2025, 2, 1], [2025, 2, 3])).toBe('year-first')
  })
  test('by time, which does not run backwards', () => {
    expect(orderOf([1, 3, 25], [2, 3, 25], [1, 4, 25])).toBe('day-first')
    expect(orderOf([3, 1, 25], [3, 2, 25], [4, 1, 25])).toBe('month-first')
  })
  test('and asked for where both would do', () => {
    const both = ['day-first', 'month-first']
    expect(orderOf([1, 2, 25])).toEqual(both)
    expect(orderOf([1, 1, 25], [2, 2, 25], [3, 3, 25])).toEqual(both)
    expect(orderOf()).toEqual([])
  })
  test('there is no 30 February', () => {
    const time = { hour: 0, minute: 0, second: 0 }
    expect(wallTimeOf({ date: [30, 2, 25], ...time }, 'day-first')).toBeNull()
    expect(wallTimeOf({ date: [29, 2, 24], ...time }, 'day-first')).toMatchObject({ day: 29, year: 2024 })
  })
})

test('A time on the wall is an instant in a zone, also where the clocks change', () => {
  const wall = (month: number, day: number, hour: number) => ({
    ...{ year: 2025, month, day, hour, minute: 30, second: 0 },
  })
  expect(createZone('Europe/Berlin')(wall(1, 15, 9))).toBe(Date.UTC(2025, 0, 15, 8, 30))
  expect(createZone('Europe/Berlin')(wall(7, 15, 9))).toBe(Date.UTC(2025, 6, 15, 7, 30))
  expect(createZone('Europe/Berlin')(wall(3, 30, 3))).toBe(Date.UTC(2025, 2, 30, 1, 30))
  expect(createZone('Asia/Kolkata')(wall(7, 15, 9))).toBe(Date.UTC(2025, 6, 15, 4, 0))
})

async function* chunks(bytes: Uint8Array, size = 7) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function readAll(bytes: Uint8Array, size?: number) {
  const read = []
  for await (const some of readChat(chunks(bytes, size))) read.push(...some)
  return read
}
const utf8 = (text: string) => new TextEncoder().encode(text)

const CHAT = [
  '31.12.25, 21:40 - Messages and calls are end-to-end encrypted. Only people in this chat can read them: Learn more.',
  '31.12.25, 21:41 - Mei: Hello 👋',
  'second line',
  '',
  '31 is not a date',
  '31.12.25, 21:42 - Luca: IMG-1.jpg (file attached)',
  'At the pier',
].join('\r\n')

describe('A whole chat', () => {
  test('multi-line messages are one, in whatever pieces the bytes come', async () => {
    for (const size of [1, 7, 10_000]) {
      const read = (await readAll(utf8(CHAT), size)) as WrittenMessage[]
      expect(read.map(({ line, author, text }) => [line, author, text])).toEqual([
        [1, null, expect.any(String) as string],
        [2, 'Mei', 'Hello 👋\nsecond line\n\n31 is not a date'],
        [6, 'Luca', 'At the pier'],
      ])
    }
  })

  test('UTF-16 is read as well, with and without a mark at its beginning', async () => {
    const utf16 = Buffer.from(`\ufeff${CHAT}`, 'utf16le')
    for (const bytes of [utf16, utf16.subarray(2), Buffer.from(utf16).swap16()])
      expect(await readAll(bytes)).toHaveLength(3)
  })

  test('what is not text is refused', async () => {
    const refused = expect.objectContaining({ code: 'chat_unreadable' }) as Error
    await expect(readAll(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0xfd))).rejects.toEqual(refused)
    await expect(readAll(Buffer.from('31.12.25, 21:41 - Andr\xe9: ol\xe1', 'latin1'))).rejects.toEqual(
      refused,
    )
    await expect(readAll(utf8(`31.12.25, 21:41 - Mei: a\0b\n`))).rejects.toEqual(refused)
    await expect(readAll(new Uint8Array(300_000).fill(65), 65_536)).rejects.toEqual(refused)
  })

  test('a line without an end is refused before it is held in memory', async () => {
    let given = 0
    async function* endless() {
      for (; given < 40; given += 1) yield await Promise.resolve(new Uint8Array(65_536).fill(65))
    }
    const all = async () => {
      for await (const some of readChat(endless())) expect(some).toBeDefined()
    }
    await expect(all()).rejects.toMatchObject({ code: 'chat_unreadable' })
    expect(given).toBeLessThan(10)
  })

  test('what stands before the first message is told by its line', async () => {
    expect(await readAll(utf8('Exported by me\n\n31.12.25, 21:41 - Mei: Hi'))).toMatchObject([
      { line: 1, stray: true },
      { line: 3, author: 'Mei' },
    ])
  })
})
