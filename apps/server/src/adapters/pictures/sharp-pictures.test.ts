import sharp from 'sharp'
import { expect, test } from 'vitest'
import { createSharpPictures } from './sharp-pictures.ts'

const pictures = createSharpPictures()
const plain = () => sharp({ create: { width: 40, height: 20, channels: 3, background: '#336699' } })

test.each(['jpeg', 'png', 'webp'] as const)('a %s becomes a small square WebP', async (format) => {
  const square = await pictures.square(await plain().toFormat(format).toBuffer())
  expect(await sharp(square).metadata()).toMatchObject({ format: 'webp', width: 256, height: 256 })
})

test('what a camera wrote into a picture does not stay in it', async () => {
  const given = await plain()
    .withExif({ IFD0: { Copyright: 'where she lives' } })
    .jpeg()
    .toBuffer()
  const square = await pictures.square(given)
  expect((await sharp(square).metadata()).exif).toBe(undefined)
})

test.each([
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
  ['a GIF', Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')],
  ['half a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
  ['nothing', Buffer.alloc(0)],
])('%s is refused in words', async (_what, bytes) => {
  await expect(pictures.square(bytes)).rejects.toMatchObject({ code: 'picture_unreadable' })
})

test('a picture of too many pixels is refused before it is unpacked', async () => {
  const bomb = await sharp({ create: { width: 6_000, height: 6_000, channels: 3, background: '#000000' } })
    .png()
    .toBuffer()
  expect(bomb.length).toBeLessThan(500_000)
  await expect(pictures.square(bomb)).rejects.toMatchObject({ code: 'picture_unreadable' })
})
