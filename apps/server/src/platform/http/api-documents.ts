import { fastifySwagger, type SwaggerTransformObject } from '@fastify/swagger'
import fastifySwaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { openapiDocument } from './openapi.ts'
import { sendJson } from './send-answer.ts'

/** The plugin speaks of documents in a package's types that is not ours to depend on. */
type ApiDocument = ReturnType<SwaggerTransformObject>

/** The page sets styles on elements; scripts come from files only. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** `/api/openapi.json`, and a page to read it at `/api/docs`. */
export async function addApiDocuments(app: FastifyInstance, version: string): Promise<void> {
  // written when somebody asks: it takes megabytes that a server which nobody asks should not hold
  let document: ApiDocument | undefined
  const written = () => (document ??= openapiDocument(version) as ApiDocument)
  await app.register(fastifySwagger, { openapi: {}, transformObject: written })
  await app.register(fastifySwaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: PAGE_POLICY,
    uiConfig: { tryItOutEnabled: false, supportedSubmitMethods: [], defaultModelsExpandDepth: 0 },
  })
  app.get('/api/openapi.json', (request, reply) => sendJson(request, reply, written()))
}
