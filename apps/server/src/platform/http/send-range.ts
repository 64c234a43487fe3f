import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { DomainError } from '../../kernel/domain-error.ts'
import { rangeOf } from './byte-range.ts'
import { CONTAINED } from './send-answer.ts'

/** The answer of a route with `ranges`: bytes that somebody else made, so that nothing about them is believed. */
export interface RangedBytes {
  readonly size: number
  /** One that no browser runs, unless the bytes are saved and never shown. */
  readonly type: string
  readonly name: string
  /** Saved under its name in place of being shown. */
  readonly save: boolean
  /** A page of ours may show it in a frame, in the browser's own viewer. */
  readonly framed: boolean
  /** Names these very bytes, whatever becomes of the address. */
  readonly tag: string
  /**
   * @returns the bytes from `from` to just before `to`; the first of them have been read by then, so that what can be told of them
   * is told before the answer begins
   */
  open(from: number, to: number): Promise<AsyncIterable<Uint8Array>>
}

/** A browser's viewer for documents does not start in a sandbox; it has one of its own, and no access to the page. */
const IN_A_FRAME = CONTAINED.replace("frame-ancestors 'none'; sandbox", "frame-ancestors 'self'")

/** Sends bytes, or the part that was asked for. @throws DomainError range_outside, and what `open` throws */
export async function sendRange(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: RangedBytes,
): Promise<FastifyReply> {
  const { size, framed } = answer
  const etag = `"${answer.tag}"`
  const { range: asked, 'if-range': unlessChanged = etag } = request.headers
  const range = unlessChanged === etag ? rangeOf(asked, size) : null
  if (range === 'outside') {
    reply.header('content-range', `bytes */${size}`)
    throw new DomainError('range_outside')
  }
  const { from, to } = range ?? { from: 0, to: size }
  const bytes = request.method === 'HEAD' ? null : await answer.open(from, to)
  if (range) reply.code(206).header('content-range', `bytes ${from}-${to - 1}/${size}`)
  reply
    .header('content-type', answer.type)
    .header('content-length', to - from)
    .header(
      'content-disposition',
      contentDisposition(answer.name, { type: answer.save ? 'attachment' : 'inline' }),
    )
    .header('content-security-policy', framed ? IN_A_FRAME : CONTAINED)
    .header('x-frame-options', framed ? 'SAMEORIGIN' : 'DENY')
    .header('accept-ranges', 'bytes')
    .header('etag', etag)
    // who may have them is asked each time (A2), and no copy in the clear is left on the device
    .header('cache-control', 'private, no-store')
  return reply.send(bytes && Readable.from(bytes, { objectMode: false }))
}
