import type { FileKind } from '@parley/contracts/communication/communication'
import type { MediaFacts } from '@parley/contracts/files/file'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { PreparedPicture } from '../domains/files/media-reader.ts'
import { readScenes, type Scene } from './scenes-on-paper.ts'

/** A file of the demo: a drawn picture, a document of so many pages, or so many seconds of voice. All are made when the demo is filled. */
export type DemoFile =
  { readonly scene: Scene } | { readonly pages: number; readonly name: string } | { readonly voice: number }

interface Made {
  readonly bytes: Uint8Array
  readonly name: string
  readonly type: string
  readonly kind: FileKind
  readonly told: MediaFacts
  /** What a picture becomes, and how many pages a document has. */
  readonly prepared: PreparedPicture | null
  readonly pages: number | null
}

const nothing = { told: {}, prepared: null, pages: null }

export async function makeDemoFile(file: DemoFile): Promise<Made> {
  if ('scene' in file) {
    const prepared = await drawn(file.scene)
    const { bytes, type } = prepared
    return { ...nothing, bytes, name: `${file.scene}.jpg`, type, kind: 'picture', prepared }
  }
  if ('pages' in file) {
    const { name, pages } = file
    return {
      ...nothing,
      bytes: documentOf(name, pages),
      name,
      type: 'application/pdf',
      kind: 'document',
      pages,
    }
  }
  return spoken(file.voice)
}

const PROGRAM = join(import.meta.dirname, 'draw-scenes-worker.ts')
let drawing: Promise<ReadonlyMap<string, PreparedPicture>> | undefined

/** Drawn by a program of its own: what draws takes more memory than the server, and would never give it back. */
async function drawn(scene: Scene): Promise<PreparedPicture> {
  drawing ??= promisify(execFile)(process.execPath, [PROGRAM], { maxBuffer: 64 * 1024 * 1024 }).then(
    ({ stdout }) => readScenes(stdout),
  )
  const picture = (await drawing).get(scene)
  if (!picture) throw new Error(`the picture ${scene} was not drawn`)
  return picture
}

/** A PDF whose pages say their number. */
function documentOf(name: string, pages: number): Uint8Array {
  const title = name.replace(/\.pdf$/, '').replaceAll(/[()\\]/g, '')
  const kids = Array.from({ length: pages }, (_, page) => `${4 + page * 2} 0 R`).join(' ')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  for (let page = 1; page <= pages; page += 1) {
    const words = `BT /F 22 Tf 64 760 Td (${title}) Tj 0 -36 Td /F 12 Tf (Page ${page} of ${pages}) Tj ET`
    const resources = '/Resources << /Font << /F 3 0 R >> >>'
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${resources} /Contents ${4 + page * 2 - 1} 0 R >>`,
      `<< /Length ${words.length} >>\nstream\n${words}\nendstream`,
    )
  }
  let text = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const start = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

const RATE = 8_000
const BARS = 64

/** Nobody speaks in a demo: a hum that rises and falls as sentences do. */
function spoken(seconds: number): Made {
  const sound = Buffer.alloc(44 + RATE * seconds, 128)
  const loudness = (at: number) => {
    const pause = Math.sin(at * 0.9) > -0.75 ? 1 : 0.06
    return pause * (0.35 + 0.65 * Math.abs(Math.sin(at * 5.3) * Math.cos(at * 1.7)))
  }
  let turn = 0
  for (let sample = 0; sample < RATE * seconds; sample += 1) {
    const at = sample / RATE
    turn += (2 * Math.PI * (150 + 30 * Math.sin(at * 2.1) + 18 * Math.sin(at * 7))) / RATE
    const voice = Math.sin(turn) + 0.4 * Math.sin(2 * turn) + 0.2 * Math.sin(3 * turn)
    sound[44 + sample] = 128 + Math.round(46 * loudness(at) * voice)
  }
  head(sound, seconds)
  const bars = Uint8Array.from({ length: BARS }, (_, bar) =>
    Math.round(235 * loudness(((bar + 0.5) * seconds) / BARS)),
  )
  const told = { duration: seconds * 1_000, waveform: Buffer.from(bars).toString('base64') }
  return { ...nothing, bytes: sound, name: 'Voice.wav', type: 'audio/wav', kind: 'voice', told }
}

/** WAV, one channel of eight bits. */
function head(sound: Buffer, seconds: number): void {
  sound.write('RIFF', 0)
  sound.writeUInt32LE(36 + RATE * seconds, 4)
  sound.write('WAVEfmt ', 8)
  sound.writeUInt32LE(16, 16)
  sound.writeUInt16LE(1, 20)
  sound.writeUInt16LE(1, 22)
  sound.writeUInt32LE(RATE, 24)
  sound.writeUInt32LE(RATE, 28)
  sound.writeUInt16LE(1, 32)
  sound.writeUInt16LE(8, 34)
  sound.write('data', 36)
  sound.writeUInt32LE(RATE * seconds, 40)
}
