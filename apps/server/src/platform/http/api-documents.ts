import { fastifySwagger, type StaticDocumentSpec } from '@fastify/swagger'
import fastifySwaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { openapiDocument } from './openapi.ts'
import { sendJson } from './send-answer.ts'

/** The page sets styles on elements; scripts come from files only. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** `/api/openapi.json`, and a page to read it at `/api/docs`. */
export async function addApiDocuments(app: FastifyInstance, version: string): Promise<void> {
  const document = openapiDocument(version)
  await app.register(fastifySwagger, {
    mode: 'static',
    specification: { document: document as unknown as StaticDocumentSpec['document'] },
  })
  await app.register(fastifySwaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: PAGE_POLICY,
    uiConfig: { tryItOutEnabled: false, supportedSubmitMethods: [], defaultModelsExpandDepth: 0 },
  })
  app.get('/api/openapi.json', (request, reply) => sendJson(request, reply, document))
}
