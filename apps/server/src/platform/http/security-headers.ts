import { fastifyHelmet } from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { z } from 'zod'

interface Given {
  /** `sha256-…` of the inline scripts in the pages. */
  readonly scriptHashes: readonly string[]
  /** Browsers reach us by HTTPS: our own, or a proxy's. */
  readonly https: boolean
}

const hashes = z.array(z.string().regex(/^sha256-[A-Za-z0-9+/=]{44}$/))

/** The hashes that the web's build took down beside its pages; none where nothing was built. */
export function readScriptHashes(webRoot: string): string[] {
  const file = join(webRoot, 'csp-hashes.json')
  return existsSync(file) ? hashes.parse(JSON.parse(readFileSync(file, 'utf8'))) : []
}

/** Safari does not count WebSockets to the own host as 'self'. */
function ownSocket(https: boolean, request: IncomingMessage): string {
  const host = request.headers.host ?? ''
  return /^[A-Za-z0-9.:[\]-]+$/.test(host) ? `${https ? 'wss' : 'ws'}://${host}` : "'self'"
}

/** A12: a strict policy without inline scripts but those of our own build, and HSTS where it can be kept. */
export async function addSecurityHeaders(
  app: FastifyInstance,
  { scriptHashes, https }: Given,
): Promise<void> {
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...scriptHashes.map((hash) => `'${hash}'`)],
        scriptSrcAttr: ["'none'"],
        // open dialogs hold the page still with a style element of their own; nothing a person writes becomes HTML
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        // what was recorded or chosen here is heard and seen before it is sent
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'", (request) => ownSocket(https, request)],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: https && { maxAge: 31_536_000, includeSubDomains: false },
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  })
}
