import { promisify } from 'node:util'
import {
  brotliCompress,
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  gunzipSync,
  gzip,
  gzipSync,
} from 'node:zlib'
import { EncodedJson, type Encoding } from '../../kernel/long-reads.ts'

/** Below this the saving is not worth the processor's time. */
const COMPRESS_FROM = 4 * 1024

/** What a caller waits for is the time of the first answers, and JSON shrinks to a tenth at any quality. */
const FAST = 1

/** A few hundred microseconds here are less than the way to another thread and back. */
const HERE_UP_TO = 64 * 1024

const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: FAST } }

const compress = {
  br: (bytes: Uint8Array) => promisify(brotliCompress)(bytes, brotli),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes, { level: FAST }),
}

const compressHere = {
  br: (bytes: Uint8Array) => brotliCompressSync(bytes, brotli),
  gzip: (bytes: Uint8Array) => gzipSync(bytes, { level: FAST }),
}

const jsonBytes = (answer: unknown) => Buffer.from(JSON.stringify(answer))

/** What the caller takes, of what we make. @param header `accept-encoding` */
export function acceptedEncoding(header: string | string[] | undefined): Encoding | null {
  if (typeof header !== 'string') return null
  const accepted = header.split(',').map((part) => part.trim())
  const takes = (name: string) =>
    accepted.some((part) => part === name || (part.startsWith(`${name};`) && !/q=0(?:\.0*)?$/.test(part)))
  if (takes('br')) return 'br'
  return takes('gzip') ? 'gzip' : null
}

/** Encodes an answer for sending; a long one is compressed on another thread. */
export async function encodeJson(answer: unknown, encoding: Encoding | null): Promise<EncodedJson> {
  const bytes = jsonBytes(answer)
  if (!encoding || bytes.length <= HERE_UP_TO) return encode(bytes, encoding)
  return new EncodedJson(await compress[encoding](bytes), encoding)
}

/** As `encodeJson`, all of it on this thread. */
export const encodeJsonHere = (answer: unknown, encoding: Encoding | null): EncodedJson =>
  encode(jsonBytes(answer), encoding)

function encode(bytes: Uint8Array, encoding: Encoding | null): EncodedJson {
  if (!encoding || bytes.length < COMPRESS_FROM) return new EncodedJson(bytes, null)
  return new EncodedJson(compressHere[encoding](bytes), encoding)
}

/** What an encoded answer says; for checks. */
export function decodeJson({ bytes, encoding }: EncodedJson): unknown {
  const plain =
    encoding === 'br' ? brotliDecompressSync(bytes) : encoding === 'gzip' ? gunzipSync(bytes) : bytes
  return JSON.parse(new TextDecoder().decode(plain))
}
