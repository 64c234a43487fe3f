import { setImmediate } from 'node:timers/promises'
import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { createSentPictures } from './sent-pictures.ts'

const pictures = createSentPictures()
const plain = (width = 40, height = 20): Sharp =>
  sharp({ create: { width, height, channels: 3, background: '#336699' } })

const prepare = (bytes: Uint8Array) => pictures.prepare(() => Promise.resolve(bytes))
const prepared = async (bytes: Uint8Array) => {
  const picture = await prepare(bytes)
  if (!picture) throw new Error('it was not taken')
  return picture
}

test.each(['jpeg', 'png', 'webp', 'gif'] as const)(
  'a %s stays one, with a preview beside it',
  async (format) => {
    const picture = await prepared(await plain().toFormat(format).toBuffer())
    expect(picture).toMatchObject({ type: `image/${format}`, width: 40, height: 20, animated: false })
    expect(await sharp(picture.bytes).metadata()).toMatchObject({ format, width: 40, height: 20 })
    expect(await sharp(picture.preview.bytes).metadata()).toMatchObject({ format: 'webp', width: 40 })
    const blur = await sharp(Buffer.from(picture.preview.blur, 'base64')).metadata()
    expect(blur).toMatchObject({ format: 'webp', width: 16, height: 8 })
    expect(picture.preview.blur.length).toBeLessThan(1_000)
  },
)

test('what browsers do not all show becomes a JPEG', async () => {
  expect(await prepared(await plain().avif().toBuffer())).toMatchObject({ type: 'image/jpeg', width: 40 })
})

test('A8: what a camera wrote into a picture does not stay in it, and it stands upright', async () => {
  const exif = {
    IFD0: { Copyright: 'who took it' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '1/1 2/1 3/1' },
  }
  for (const format of ['jpeg', 'png', 'webp'] as const) {
    const given = await plain()
      .withMetadata({ orientation: 6 })
      .withExifMerge(exif)
      .toFormat(format)
      .toBuffer()
    expect((await sharp(given).metadata()).exif).toBeDefined()
    const { bytes, preview, ...picture } = await prepared(given)
    expect(picture).toMatchObject({ width: 20, height: 40 })
    for (const made of [bytes, preview.bytes, Buffer.from(preview.blur, 'base64')]) {
      const { exif: left, xmp, iptc, comments, orientation } = await sharp(made).metadata()
      expect([left, xmp, iptc, comments, orientation]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
      ])
      expect(Buffer.from(made).includes('who took it')).toBe(false)
    }
  }
})

test('A8: what hides in a picture, or behind it, is not in what is made of it', async () => {
  const evil = '<script>alert(document.domain)</script>'
  const jpeg = await plain()
    .withExif({ IFD0: { ImageDescription: evil } })
    .jpeg()
    .toBuffer()
  const polyglot = Buffer.concat([jpeg, Buffer.from(`<html>${evil}</html>`)])
  const { bytes } = await prepared(polyglot)
  expect(Buffer.from(bytes).includes('script')).toBe(false)
  expect(Buffer.from(bytes).includes('html')).toBe(false)
})

test('what moves goes on moving, and its preview stands still', async () => {
  const pages = await Promise.all([plain().png().toBuffer(), plain().negate().png().toBuffer()])
  for (const format of ['gif', 'webp'] as const) {
    const moving = await sharp(pages, { join: { animated: true } })
      .toFormat(format)
      .toBuffer()
    const picture = await prepared(moving)
    expect(picture).toMatchObject({ type: `image/${format}`, width: 40, height: 20, animated: true })
    expect((await sharp(picture.bytes, { animated: true }).metadata()).pages).toBe(2)
    expect((await sharp(picture.preview.bytes, { animated: true }).metadata()).pages ?? 1).toBe(1)
  }
})

test('a large picture gets a preview of at most 640 pixels', async () => {
  const { preview } = await prepared(await plain(1_600, 400).jpeg().toBuffer())
  expect(await sharp(preview.bytes).metadata()).toMatchObject({ width: 640, height: 160 })
})

test('A8: a picture of too many pixels is refused before it is unpacked', { timeout: 30_000 }, async () => {
  const bomb = await plain(9_000, 8_000).png({ compressionLevel: 9 }).toBuffer()
  expect(bomb.length).toBeLessThan(1_000_000)
  await expect(prepare(bomb)).rejects.toMatchObject({ code: 'picture_too_large' })
  await expect(pictures.preparePoster(bomb)).rejects.toMatchObject({ code: 'picture_unreadable' })
})

test.each([
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
  ['the beginning of a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
  ['a page', Buffer.from('<html></html>')],
  ['nothing', Buffer.alloc(0)],
])('%s is not taken for a picture', async (_what, bytes) => {
  expect(await prepare(bytes)).toBeNull()
  await expect(pictures.preparePoster(bytes)).rejects.toMatchObject({ code: 'picture_unreadable' })
})

test('a poster becomes a preview of its own, and a GIF is none', async () => {
  const { bytes, blur } = await pictures.preparePoster(await plain(1_280, 720).jpeg().toBuffer())
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 640, height: 360 })
  expect(blur.length).toBeGreaterThan(10)
  const gif = await plain().gif().toBuffer()
  await expect(pictures.preparePoster(gif)).rejects.toMatchObject({ code: 'picture_unreadable' })
})

test('what waits for its turn is not in memory yet, and what cannot be loaded holds up nobody', async () => {
  const bytes = await plain().png().toBuffer()
  const first = Promise.withResolvers<Uint8Array>()
  let loaded = 0
  const load = (given: Promise<Uint8Array>) => () => {
    loaded += 1
    return given
  }
  const waiting = [
    pictures.prepare(load(first.promise)),
    pictures.prepare(() => Promise.reject(new Error('gone'))),
    ...Array.from({ length: 20 }, () => pictures.prepare(load(Promise.resolve(bytes)))),
  ]
  const settled = Promise.allSettled(waiting)
  await setImmediate()
  expect(loaded).toBe(1)
  first.resolve(bytes)
  const [, refused, ...others] = await settled
  expect(refused).toMatchObject({ status: 'rejected', reason: { message: 'gone' } })
  expect(others.every(({ status }) => status === 'fulfilled')).toBe(true)
  expect(loaded).toBe(21)
})
