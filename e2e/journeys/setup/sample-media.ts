import type { Page } from '@playwright/test'
import { deflateSync } from 'node:zlib'

/** A file as a person would choose it. */
export interface SampleFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

const named = (name: string, mimeType: string, buffer: Buffer): SampleFile => ({ name, mimeType, buffer })

/** A picture of one slope of colours, large enough to be looked at. */
export function png(name: string, hue: number, width = 640, height = 400): SampleFile {
  const rows = Buffer.alloc((width * 3 + 1) * height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = y * (width * 3 + 1) + 1 + x * 3
      rows[at] = (hue + (x * 90) / width) & 255
      rows[at + 1] = 90 + Math.round((y * 120) / height)
      rows[at + 2] = (255 - hue) & 255
    }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
  return named(name, 'image/png', Buffer.concat([signature, ...parts]))
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(crc(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0)
  }
  return (value ^ 0xffffffff) >>> 0
}

/** A tone of so many seconds. */
export function wav(name: string, seconds: number): SampleFile {
  const rate = 8_000
  const sound = Buffer.alloc(rate * seconds)
  for (let at = 0; at < sound.length; at += 1) sound[at] = 128 + Math.round(60 * Math.sin(at / 6))
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + sound.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(sound.length, 40)
  return named(name, 'audio/wav', Buffer.concat([head, sound]))
}

/** A document of two pages. */
export function pdf(name: string): SampleFile {
  const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>'
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>',
    page,
    page,
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = text.length
    text += `${index + 1} 0 obj ${object} endobj\n`
    return place
  })
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  text += `xref\n0 5\n0000000000 65535 f \n${table}trailer << /Size 5 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
  return named(name, 'application/pdf', Buffer.from(text, 'latin1'))
}

/** A film of some seconds, as this browser records it. */
export async function film(page: Page, name: string, seconds = 3): Promise<SampleFile> {
  const base64 = await page.evaluate(async (lasts) => {
    const canvas = document.createElement('canvas')
    canvas.width = 480
    canvas.height = 270
    const pen = canvas.getContext('2d')!
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' })
    const chunks: Blob[] = []
    recorder.ondataavailable = ({ data }) => chunks.push(data)
    const began = performance.now()
    const paint = setInterval(() => {
      const at = (performance.now() - began) / 1000
      pen.fillStyle = `hsl(${Math.round(180 + at * 40)} 60% 45%)`
      pen.fillRect(0, 0, 480, 270)
      pen.fillStyle = '#fff6d8'
      pen.fillRect(40 + at * 60, 100, 70, 70)
    }, 50)
    recorder.start(250)
    await new Promise((resolve) => setTimeout(resolve, lasts * 1000))
    clearInterval(paint)
    const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve))
    recorder.stop()
    await ended
    const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer())
    let text = ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    return btoa(text)
  }, seconds)
  return named(name, 'video/webm', Buffer.from(base64, 'base64'))
}
