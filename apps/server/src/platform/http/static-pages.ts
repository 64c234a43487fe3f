import { fastifyStatic } from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { existsSync, readdirSync } from 'node:fs'
import { sep } from 'node:path'
import { DomainError } from '../../kernel/domain-error.ts'

const IMMUTABLE = '/_next/static/'
const NOT_FOUND_PAGE = '404.html'
/** Made for us, not for browsers. */
const PRIVATE = /(?:\.br|\.gz|^csp-hashes\.json)$/

const NOT_BUILT =
  'The pages are not built yet. Run "npm run build" and start again; the API is there already.\n'

/** Every file that may be served, by its path from the root; what is not listed does not exist. */
function listFiles(root: string): ReadonlySet<string> {
  if (!existsSync(root)) return new Set()
  const found = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = found.map(({ parentPath, name }) => `${parentPath}${sep}${name}`.slice(root.length + 1))
  return new Set(paths.map((path) => path.split(sep).join('/')).filter((path) => !PRIVATE.test(path)))
}

/** The file behind an address: itself, or the page of that name (`/chats` is `chats.html`). */
function fileFor(files: ReadonlySet<string>, url: string): string | null {
  const [encoded = ''] = url.split(/[?#]/, 1)
  let path: string
  try {
    path = decodeURIComponent(encoded).replace(/^\/+|\/+$/g, '')
  } catch {
    return null // not an address at all
  }
  const candidates = path === '' ? ['index.html'] : [path, `${path}.html`, `${path}/index.html`]
  return candidates.find((candidate) => files.has(candidate)) ?? null
}

/** The web's static export: compressed ahead, kept for ever where the name changes with the content. */
export async function addStaticPages(app: FastifyInstance, root: string): Promise<void> {
  const files = listFiles(root)
  if (files.size > 0) {
    await app.register(fastifyStatic, { root, serve: false, preCompressed: true, cacheControl: false })
  }
  const send = (reply: FastifyReply, file: string) => {
    const immutable = `/${file}`.startsWith(IMMUTABLE)
    reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    return reply.sendFile(file)
  }
  app.get('/*', (request, reply) => {
    if (request.url.startsWith('/api/')) throw new DomainError('not_found')
    const file = fileFor(files, request.url)
    if (file !== null) return send(reply, file)
    if (files.size === 0) return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT)
    reply.code(404)
    return files.has(NOT_FOUND_PAGE)
      ? send(reply, NOT_FOUND_PAGE)
      : reply.type('text/plain').send('Not found\n')
  })
}
