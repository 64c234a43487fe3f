import type { FastifyInstance } from 'fastify'

/** What the bytes of a resumable upload are called (tus 1.0). */
export const TUS_BYTES = 'application/offset+octet-stream'

/**
 * JSON alone is parsed, and nothing that could reach a prototype; an empty body counts as none. Pictures arrive raw: which types
 * a route takes is its contract's business, how large its limit's.
 */
export function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parse(request, body as string, done)
  })
  // a resumable upload is read as it comes, by whoever keeps it
  app.addContentTypeParser(TUS_BYTES, (_request, payload, done) => done(null, payload))
  app.addContentTypeParser(/^image\/[a-z0-9.+-]+$/, { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
}
