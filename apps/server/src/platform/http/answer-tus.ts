import type * as Tus from '@tus/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IncomingMessage } from 'node:http'
import type { ErrorCode } from '@parley/contracts/kernel/error-codes'
import { DomainError } from '../../kernel/domain-error.ts'

/** Something that is uploaded piece by piece, as this one caller may touch it. */
export interface Resumable {
  readonly id: string
  /** In bytes, as was said before the first of them came. */
  readonly size: number
  /** ms since 1970 */
  readonly expiresAt: number
  /**
   * Waits until nobody else holds it.
   * @param letGo called when somebody else wants it: whoever holds it should come to an end
   * @returns to be called when done
   * @throws DomainError overloaded when it takes too long
   */
  hold(letGo: () => void): Promise<() => void>
  /** How many bytes are here. Only while it is held, like what follows. */
  offset(): Promise<number>
  /**
   * Takes bytes that begin at `from`, and keeps those that came before the stream broke, if it breaks.
   * @returns how many bytes are here now
   */
  append(bytes: AsyncIterable<Uint8Array>, from: number): Promise<number>
  remove(): Promise<void>
}

/** How long whoever holds an upload has to come to an end when somebody else wants to go on with it: the same device, most likely, on a new connection. */
const DRAIN = 500

const codes: Readonly<Record<number, ErrorCode>> = {
  404: 'not_found',
  409: 'upload_conflict',
  413: 'too_large',
}

/** Answers one request of the tus protocol by `@tus/server`, which is loaded with the first. @throws DomainError */
export async function answerTus(
  request: FastifyRequest,
  reply: FastifyReply,
  resumable: Resumable,
): Promise<FastifyReply> {
  const tus = await import('@tus/server')
  let refusal: unknown
  const server: Tus.Server = new tus.Server({
    path: '/',
    datastore: storeOf(tus, resumable),
    locker: { newLock: () => lockOf(resumable) },
    lockDrainTimeout: DRAIN,
    getFileIdFromRequest: () => resumable.id,
    allowedOrigins: () => false,
    onResponseError: (_request, error) => {
      refusal = error
      return undefined
    },
  })
  const answer = await server.handleWeb(webRequest(request))
  // whoever is refused while sending hears of it only when nothing is left unread
  request.raw.removeAllListeners('data').resume()
  if (answer.status >= 400) throw inOurWords(refusal, answer.status)
  for (const name of ['tus-resumable', 'upload-offset', 'upload-length', 'connection']) {
    const value = answer.headers.get(name)
    if (value !== null) reply.header(name, value)
  }
  if (request.method !== 'DELETE') reply.header('upload-expires', new Date(resumable.expiresAt).toUTCString())
  return reply.code(answer.status).header('cache-control', 'no-store').send()
}

function inOurWords(error: unknown, status: number): unknown {
  if (error instanceof Error) return error
  return new DomainError(codes[status] ?? 'malformed_request', { cause: error })
}

/** The headers that tus reads, and the bytes as they come. */
function webRequest({ method, headers, raw }: FastifyRequest): Request {
  const names = ['tus-resumable', 'upload-offset', 'upload-length', 'content-type', 'content-length']
  const given = names.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : []))
  const body = method === 'PATCH' ? { body: arriving(raw), duplex: 'half' as const } : {}
  return new Request('http://parley.invalid/', {
    method,
    headers: given as [string, string][],
    ...body,
  })
}

/** So many pieces wait before the connection does. */
const PIECES_WAITING = 8

/**
 * The bytes as they arrive. A connection that breaks ends them, and is no error: Node would throw away what came before, and then it
 * would have to be sent again.
 */
function arriving(raw: IncomingMessage): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let over = false
        const end = () => {
          if (!over) controller.close()
          over = true
        }
        raw.on('data', (bytes: Uint8Array) => {
          if (over) return
          controller.enqueue(bytes)
          if ((controller.desiredSize ?? 0) <= 0) raw.pause()
        })
        raw.on('end', end).on('error', end).on('close', end)
      },
      pull: () => void raw.resume(),
      cancel: () => void raw.resume(),
    },
    { highWaterMark: PIECES_WAITING },
  )
}

function lockOf(resumable: Resumable) {
  let release = () => {}
  return {
    lock: async (_signal: AbortSignal, letGo: () => void | Promise<void>) => {
      release = await resumable.hold(() => void letGo())
    },
    unlock: async () => release(),
  }
}

function storeOf(tus: typeof Tus, resumable: Resumable): Tus.DataStore {
  const store = new tus.DataStore()
  store.extensions = ['termination']
  store.getUpload = async () =>
    new tus.Upload({ id: resumable.id, size: resumable.size, offset: await resumable.offset() })
  store.write = (stream, _id, offset) => resumable.append(stream as AsyncIterable<Uint8Array>, offset)
  store.remove = () => resumable.remove()
  return store
}
