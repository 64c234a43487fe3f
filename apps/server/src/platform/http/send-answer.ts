import { promisify } from 'node:util'
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Below this the saving is not worth the processor's time. */
const COMPRESS_FROM = 4 * 1024

/** What a caller waits for is the time of the first answers, and JSON shrinks to a tenth at any quality. */
const FAST = 1

const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: FAST } }

/** A few hundred microseconds here are less than the way to another thread and back. */
const HERE_UP_TO = 64 * 1024

const compressors = {
  br: (text: string) =>
    text.length > HERE_UP_TO ? promisify(brotliCompress)(text, brotli) : brotliCompressSync(text, brotli),
  gzip: (text: string) =>
    text.length > HERE_UP_TO ? promisify(gzip)(text, { level: FAST }) : gzipSync(text, { level: FAST }),
}

function acceptedEncoding(header: string): keyof typeof compressors | null {
  const accepted = header.split(',').map((part) => part.trim())
  const takes = (name: string) =>
    accepted.some((part) => part === name || (part.startsWith(`${name};`) && !/q=0(?:\.0*)?$/.test(part)))
  if (takes('br')) return 'br'
  return takes('gzip') ? 'gzip' : null
}

/** Sends an answer as JSON, compressed where it is long and the caller takes it. */
export async function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: unknown,
): Promise<FastifyReply> {
  const text = JSON.stringify(answer)
  reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store')
  if (text.length < COMPRESS_FROM) return reply.send(text)
  reply.header('vary', 'accept-encoding')
  const header = request.headers['accept-encoding']
  const encoding = acceptedEncoding(typeof header === 'string' ? header : '')
  if (!encoding) return reply.send(text)
  const bytes = await compressors[encoding](text)
  return reply.header('content-encoding', encoding).send(bytes)
}

interface Bytes {
  readonly bytes: Uint8Array
  readonly type: string
  readonly cache?: 'immutable'
}

export function sendBytes(reply: FastifyReply, { bytes, type, cache }: Bytes): FastifyReply {
  const control = cache === 'immutable' ? 'private, max-age=31536000, immutable' : 'no-store'
  return reply
    .header('content-type', type)
    .header('cache-control', control)
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}
