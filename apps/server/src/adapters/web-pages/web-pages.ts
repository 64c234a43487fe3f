import type { FetchedPage, LinkFetcher } from '../../domains/link-previews/link-fetcher.ts'
import { isPublicAddress } from '../../kernel/public-address.ts'
import { guardedGet, readUpTo, type Guard } from './guarded-get.ts'
import { readHead } from './read-head.ts'

interface Settings extends Partial<Omit<Guard, 'resolve'>>, Pick<Guard, 'resolve'> {
  /** In ms, for a page, and again for its picture, redirects included. */
  readonly timeout?: number
}

const TIMEOUT = 5_000
/** What a page says of itself stands at its beginning. Counted unpacked. */
const PAGE_BYTES_MAX = 512_000
const PICTURE_BYTES_MAX = 2_000_000

const HTML = new Set(['text/html', 'application/xhtml+xml'])
const PICTURE = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif'])

/** Fetches pages and their pictures from the public internet. */
export function createWebPages({
  allowed = [],
  isPublic = isPublicAddress,
  // who asks for pages asks where pages are
  isPort = (port) => port === '',
  resolve,
  timeout = TIMEOUT,
}: Settings): LinkFetcher {
  const guard: Guard = { allowed, isPublic, isPort, resolve }
  const within = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(timeout)])
  return {
    page: (url, signal) => orNull(readPage(url, within(signal), guard)),
    picture: (url, signal) => orNull(readPicture(url, within(signal), guard)),
  }
}

/** Why a stranger's server gives nothing is nobody's business here. */
const orNull = <T>(work: Promise<T | null>): Promise<T | null> => work.catch(() => null)

async function readPage(from: string, signal: AbortSignal, guard: Guard): Promise<FetchedPage | null> {
  const got = await guardedGet(new URL(from), 'text/html,application/xhtml+xml;q=0.9', signal, guard)
  if (!HTML.has(got.type)) {
    got.body.destroy()
    return null
  }
  const { bytes } = await readUpTo(got.body, PAGE_BYTES_MAX, (piece) => piece.includes('</head'))
  const head = await readHead(decode(bytes, got.charset))
  const said = (...names: string[]) => names.map((name) => head.get(name)).find((text) => text?.trim()) ?? ''
  const picture = said('og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image')
  return {
    title: said('og:title', 'twitter:title', 'title', 'og:site_name'),
    description: said('og:description', 'twitter:description', 'description'),
    picture: URL.canParse(picture, got.url.href) && picture !== '' ? new URL(picture, got.url).href : null,
  }
}

async function readPicture(from: string, signal: AbortSignal, guard: Guard): Promise<Uint8Array | null> {
  const got = await guardedGet(new URL(from), 'image/webp,image/jpeg,image/png,image/gif', signal, guard)
  if (!PICTURE.has(got.type)) {
    got.body.destroy()
    return null
  }
  const { bytes, whole } = await readUpTo(got.body, PICTURE_BYTES_MAX)
  return whole ? bytes : null
}

/** As its answer says, or the page itself near its beginning, or else UTF-8. */
function decode(bytes: Buffer, charset: string | null): string {
  const named =
    charset ?? /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)/i.exec(bytes.toString('latin1', 0, 1_024))?.[1]
  return decoderFor(named ?? 'utf-8').decode(bytes)
}

function decoderFor(charset: string) {
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}
