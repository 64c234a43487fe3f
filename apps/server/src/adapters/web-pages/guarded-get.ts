import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { pipeline, Transform, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { publicLookup, type Resolve } from '../../kernel/public-lookup.ts'

/** Where may be called. */
export interface Guard {
  /** Origins that may be called although they are on a private network, or at a port of their own. */
  readonly allowed: readonly string[]
  readonly isPublic: (address: string) => boolean
  /** As in a URL: empty for the one of the scheme. */
  readonly isPort: (port: string) => boolean
  readonly resolve: Resolve
}

interface Got {
  /** Where it was found at last. */
  readonly url: URL
  /** Without parameters, in lower case. */
  readonly type: string
  /** The `charset` parameter; null without one. */
  readonly charset: string | null
  /** Unpacked. To be read to its end or destroyed. */
  readonly body: Readable
}

const REDIRECTS_MAX = 3
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const AGENT = 'Mozilla/5.0 (compatible; Parley link preview)'

/** Whether an address may be called at all. A name is judged by its addresses, when it is called. */
function mayGet(url: URL, { allowed, isPublic, isPort }: Guard): boolean {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return false
  if (url.username !== '' || url.password !== '') return false
  if (allowed.includes(url.origin)) return true
  // however it was written: the URL's parser has made four decimal numbers of decimal, octal and hexadecimal ones
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isPort(url.port) && (isIP(host) === 0 ? host.includes('.') : isPublic(host))
}

/**
 * Gets what stands at an address, or where that leads to, each step guarded like the first.
 * @throws Error where it may not be called, leads on too often, or does not answer with 200 and in a known encoding; when aborted
 */
export async function guardedGet(from: URL, accept: string, signal: AbortSignal, guard: Guard): Promise<Got> {
  let url = from
  for (let hops = 0; hops <= REDIRECTS_MAX; hops += 1) {
    if (!mayGet(url, guard)) throw new Error('this address is not called')
    const response = await ask(url, accept, signal, guard)
    const { statusCode = 0, headers } = response
    const leadsTo = REDIRECTS.has(statusCode) ? headers.location : undefined
    if (leadsTo === undefined) return answered(url, response)
    response.destroy()
    url = new URL(leadsTo, url)
  }
  throw new Error('this leads on and on')
}

/** One request over a connection of its own, without cookies or anything else that tells who asks. */
function ask(url: URL, accept: string, signal: AbortSignal, guard: Guard): Promise<http.IncomingMessage> {
  const { request } = url.protocol === 'https:' ? https : http
  const lookup = guard.allowed.includes(url.origin)
    ? {}
    : { lookup: publicLookup(guard.resolve, guard.isPublic) }
  const headers = { accept, 'accept-encoding': 'gzip, br', 'user-agent': AGENT }
  return new Promise((resolve, reject) => {
    const call = request(url, { headers, signal, agent: false, ...lookup }, (response) => {
      const give = () => void response.destroy()
      signal.addEventListener('abort', give, { once: true })
      response.once('close', () => signal.removeEventListener('abort', give))
      response.on('error', () => undefined)
      resolve(response)
    })
    call.on('error', reject)
    call.end()
  })
}

function answered(url: URL, response: http.IncomingMessage): Got {
  const { statusCode, headers } = response
  const body = statusCode === 200 ? unpacked(response, headers['content-encoding']) : null
  if (!body) {
    response.destroy()
    throw new Error('there is nothing to be had')
  }
  const [type = '', ...parameters] = (headers['content-type'] ?? '').split(';')
  const charset = parameters.map((given) => /^\s*charset\s*=\s*"?([^"\s]+)/i.exec(given)?.[1]).find(Boolean)
  return { url, type: type.trim().toLowerCase(), charset: charset ?? null, body }
}

/** As they come over the line, before anything is unpacked: the largest picture, and something for the way. */
const BYTES_MAX = 2_200_000
/** Each piece is work, also one that unpacks to nothing; honest servers send some kB at a time. */
const PIECES_MAX = 4_000

/** Passes on what comes, as long as it is not too much. */
function limited(): Transform {
  let bytes = 0
  let pieces = 0
  return new Transform({
    transform(piece: Buffer, _encoding, pass) {
      bytes += piece.length
      pieces += 1
      if (bytes > BYTES_MAX || pieces > PIECES_MAX) pass(new Error('this is too much'))
      else pass(null, piece)
    },
  })
}

/** @returns null for an encoding that was not asked for */
function unpacked(response: http.IncomingMessage, encoding = 'identity'): Readable | null {
  const name = encoding.trim().toLowerCase()
  // what goes wrong on the way is the reader's to find: the stream that they read is destroyed with it
  const done = () => undefined
  if (name === 'identity' || name === '') return pipeline(response, limited(), done)
  const unpack = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    br: createBrotliDecompress,
    deflate: createInflate,
  }
  const make = Object.hasOwn(unpack, name) ? unpack[name as keyof typeof unpack] : null
  return make && pipeline(response, limited(), make(), done)
}

/**
 * Reads what was got, up to a number of unpacked bytes, and lets go of the rest.
 * @param isEnough told each piece; true when no more is needed
 */
export async function readUpTo(
  body: Readable,
  bytesMax: number,
  isEnough: (piece: Buffer) => boolean = () => false,
): Promise<{ readonly bytes: Buffer; readonly whole: boolean }> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of body as AsyncIterable<Buffer>) {
    pieces.push(size + piece.length > bytesMax ? piece.subarray(0, bytesMax - size) : piece)
    size += piece.length
    // leaving the loop destroys the stream, and with it the connection
    if (size > bytesMax || isEnough(piece)) return { bytes: Buffer.concat(pieces), whole: false }
  }
  return { bytes: Buffer.concat(pieces), whole: true }
}
