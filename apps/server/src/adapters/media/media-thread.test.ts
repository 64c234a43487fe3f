import { setImmediate } from 'node:timers/promises'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { createMediaThread } from './media-thread.ts'

const ask = createMediaThread({ type: 30_000, pages: 30_000 })
const of = (bytes: Uint8Array) => () => Promise.resolve(bytes)
const bytes = (text: string) => new TextEncoder().encode(text)

/** A PDF of so many empty pages. */
function pdf(pages: number): Uint8Array {
  const numbers = Array.from({ length: pages }, (_, index) => index + 3)
  const kids = numbers.map((number) => `${number} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n`)
  return bytes(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[${numbers
      .map((number) => `${number} 0 R`)
      .join(' ')}]/Count ${pages}>>endobj\n${kids.join('')}trailer<</Root 1 0 R>>`,
  )
}

test('what bytes are is told by themselves, and pages are counted', { timeout: 60_000 }, async () => {
  const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#123' } })
    .png()
    .toBuffer()
  expect(await ask('type', of(png))).toBe('image/png')
  expect(await ask('type', of(bytes('<!doctype html><script>alert(1)</script>')))).toBeNull()
  expect(await ask('type', of(bytes('MZ\u0090\u0000')))).not.toMatch(/^(image|video|audio)/)
  expect(await ask('type', of(pdf(1)))).toBe('application/pdf')
  expect(await ask('pages', of(pdf(7)))).toBe(7)
  expect(await ask('pages', of(bytes('%PDF-1.4 and nothing behind it')))).toBeNull()
})

test(
  'a question that takes too long is given up, and the next one is answered',
  { timeout: 60_000 },
  async () => {
    const hurried = createMediaThread({ type: 30_000, pages: 0 })
    expect(await hurried('pages', of(pdf(2)))).toBeNull()
    expect(await hurried('type', of(pdf(2)))).toBe('application/pdf')
  },
)

test('what is asked about is loaded when it is its turn', { timeout: 60_000 }, async () => {
  const first = Promise.withResolvers<Uint8Array>()
  const loaded: string[] = []
  const load = (name: string, given: Promise<Uint8Array>) => () => {
    loaded.push(name)
    return given
  }
  const asked = [ask('type', load('one', first.promise)), ask('type', load('two', Promise.resolve(pdf(1))))]
  await setImmediate()
  expect(loaded).toEqual(['one'])
  first.resolve(pdf(1))
  expect(await Promise.all(asked)).toEqual(['application/pdf', 'application/pdf'])
  expect(loaded).toEqual(['one', 'two'])
})
