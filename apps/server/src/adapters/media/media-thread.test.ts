import sharp from 'sharp'
import { expect, test } from 'vitest'
import { createMediaThread } from './media-thread.ts'

const ask = createMediaThread({ type: 30_000, pages: 30_000 })
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
  expect(await ask({ what: 'type', bytes: png })).toBe('image/png')
  expect(await ask({ what: 'type', bytes: bytes('<!doctype html><script>alert(1)</script>') })).toBeNull()
  expect(await ask({ what: 'type', bytes: bytes('MZ\u0090\u0000') })).not.toMatch(/^(image|video|audio)/)
  expect(await ask({ what: 'type', bytes: pdf(1) })).toBe('application/pdf')
  expect(await ask({ what: 'pages', bytes: pdf(7) })).toBe(7)
  expect(await ask({ what: 'pages', bytes: bytes('%PDF-1.4 and nothing behind it') })).toBeNull()
})

test(
  'a question that takes too long is given up, and the next one is answered',
  { timeout: 60_000 },
  async () => {
    const hurried = createMediaThread({ type: 30_000, pages: 0 })
    expect(await hurried({ what: 'pages', bytes: pdf(2) })).toBeNull()
    expect(await hurried({ what: 'type', bytes: pdf(2) })).toBe('application/pdf')
  },
)
