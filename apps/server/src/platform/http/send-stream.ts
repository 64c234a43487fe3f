import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply } from 'fastify'
import { Readable } from 'node:stream'
import { CONTAINED } from './send-answer.ts'

/** The answer of a route with `streamed`: a file to be saved, made while it is sent. */
export interface StreamedBytes {
  readonly type: string
  readonly name: string
  /** What breaks it off breaks the connection off, so that nobody takes a part for the whole. */
  readonly bytes: AsyncIterable<Uint8Array>
}

export function sendStream(reply: FastifyReply, { type, name, bytes }: StreamedBytes): FastifyReply {
  return reply
    .header('content-type', type)
    .header('content-disposition', contentDisposition(name, { type: 'attachment' }))
    .header('content-security-policy', CONTAINED)
    .header('cache-control', 'private, no-store')
    .send(Readable.from(bytes, { objectMode: false }))
}
