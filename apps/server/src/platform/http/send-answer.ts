import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EncodedJson } from '../../kernel/long-reads.ts'
import { acceptedEncoding, encodeJson } from './encode-json.ts'

/** Sends an answer as JSON, compressed where it is long and the caller takes it. */
export async function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: unknown,
): Promise<FastifyReply> {
  return sendEncoded(reply, await encodeJson(answer, encodingFor(request)))
}

/** How the caller takes a long answer compressed. */
export const encodingFor = (request: FastifyRequest) => acceptedEncoding(request.headers['accept-encoding'])

/** Sends an answer that is JSON already. */
export function sendEncoded(reply: FastifyReply, { bytes, encoding }: EncodedJson): FastifyReply {
  reply
    .header('content-type', 'application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('vary', 'accept-encoding')
  if (encoding) reply.header('content-encoding', encoding)
  return reply.send(asBuffer(bytes))
}

/** What people have sent runs, loads and embeds nothing, whatever it turns out to be. */
export const CONTAINED =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

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
    .header('content-security-policy', CONTAINED)
    .send(asBuffer(bytes))
}

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
