import sharp from 'sharp'
import { expect, test } from 'vitest'
import { createLinkThumbnails } from './link-thumbnails.ts'

const { make } = createLinkThumbnails()
const noise = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
      background: '#000',
    },
  })

test('a picture becomes small in every way, and loses what it says of its making', async () => {
  const large = await noise(1_200, 630)
    .withExif({ IFD0: { Artist: 'Somebody' } })
    .jpeg()
    .toBuffer()
  const small = await make(large, 6_000)
  expect(small?.length).toBeLessThanOrEqual(6_000)
  const { width, height, format, exif } = await sharp(small ?? '').metadata()
  expect({ width, height, format, exif }).toEqual({
    width: 176,
    height: 176,
    format: 'webp',
    exif: undefined,
  })
  expect(await make(large, 50)).toBeNull()
})

test('what is no picture, none that is taken, or a bomb, is none', { timeout: 60_000 }, async () => {
  const bomb = await sharp({ create: { width: 4_100, height: 4_100, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  for (const bytes of [Buffer.from('<html>'), Buffer.alloc(0), svg, bomb])
    expect(await make(bytes, 6_000)).toBeNull()
})
