import { errorCodes, type ErrorCode } from '@parley/contracts/kernel/error-codes'
import { failure } from '@parley/contracts/kernel/failure'
import type { Permission } from '@parley/contracts/kernel/permission'
import type { RouteShape } from '@parley/contracts/kernel/route'
import { events, signals } from '@parley/contracts/events'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import { routes } from '@parley/contracts/routes'
import { z } from 'zod'
import { TUS_BYTES } from './read-body.ts'

type Json = Record<string, unknown>

/** What every route may answer besides what it declares. */
const always: readonly ErrorCode[] = [
  'invalid_input',
  'malformed_request',
  'rate_limited',
  'client_too_old',
  'internal',
]
const whenSignedIn: readonly ErrorCode[] = ['not_signed_in', 'member_deactivated']
const whenWriting: readonly ErrorCode[] = [
  'foreign_origin',
  'https_required',
  'overloaded',
  'storage_unavailable',
  'shutting_down',
]
const whenReadingABody: readonly ErrorCode[] = ['too_large', 'unsupported_type']

function jsonSchema(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  })
  return rest
}

function codesOf(route: RouteShape): ErrorCode[] {
  const { permission } = route
  const codes = new Set([...always, ...route.errors])
  const add = (more: readonly ErrorCode[]) => more.forEach((code) => codes.add(code))
  if (permission.kind === 'signed-in') {
    add(whenSignedIn)
    if (permission.roles) codes.add('forbidden')
    if (!permission.evenWithTemporaryPassword) codes.add('password_change_required')
  }
  if (route.method !== 'GET' && route.method !== 'HEAD') add(whenWriting)
  if (route.body || route.upload || route.tus) add(whenReadingABody)
  return [...codes]
}

/** One answer per status, with the codes that carry it. */
function failures(codes: readonly ErrorCode[]): Json {
  const byStatus = Map.groupBy(codes, (code) => errorCodes[code].status)
  const describe = (code: ErrorCode) =>
    `- \`${code}\`: ${errorCodes[code].message} (client: ${errorCodes[code].action})`
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [
      String(status),
      {
        description: some.map(describe).join('\n'),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
      },
    ]),
  )
}

function permissionText(permission: Permission): string {
  if (permission.kind === 'public') return `Anybody, because ${permission.why}.`
  const who = permission.roles ? permission.roles.join(' or ') : 'any member'
  return permission.evenWithTemporaryPassword
    ? `Signed in: ${who}, even with a temporary password.`
    : `Signed in: ${who}.`
}

function parameters(place: 'path' | 'query', schema: z.core.$ZodObject | undefined): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Json
    required?: string[]
  }
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: one,
  }))
}

/** What the tus protocol says in headers. */
function tusHeaders({ method }: RouteShape): Json[] {
  const header = (name: string, schema: Json) => ({ name, in: 'header', required: true, schema })
  const version = header('Tus-Resumable', { const: '1.0.0' })
  return method === 'PATCH' ? [version, header('Upload-Offset', { type: 'integer', minimum: 0 })] : [version]
}

function requestBody(route: RouteShape): Json {
  if (route.tus) {
    if (route.method !== 'PATCH') return {}
    const content = { [TUS_BYTES]: { schema: { type: 'string', format: 'binary' } } }
    return { requestBody: { required: true, description: 'The bytes from `Upload-Offset` on.', content } }
  }
  if (route.upload) {
    const { types, maxBytes } = route.upload
    const content = Object.fromEntries(
      types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
    )
    return { requestBody: { required: true, description: `At most ${maxBytes} bytes.`, content } }
  }
  if (!route.body) return {}
  return {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: jsonSchema(route.body, 'input') } },
    },
  }
}

const bytes = (status: string, description: string): Json => ({
  [status]: { description, content: { '*/*': { schema: {} } } },
})

function success(route: RouteShape): Json {
  if (route.tus) return { [route.method === 'HEAD' ? '200' : '204']: { description: 'As tus 1.0 says.' } }
  if (route.ranges) return { ...bytes('200', 'The bytes.'), ...bytes('206', 'The part that was asked for.') }
  if (route.binary) return bytes('200', 'The bytes.')
  if (!route.response) return { '204': { description: 'Done.' } }
  const content = { 'application/json': { schema: jsonSchema(route.response, 'output') } }
  return { '200': { description: 'Done.', content } }
}

function operation(name: string, route: RouteShape): Json {
  return {
    operationId: name,
    summary: route.summary,
    description: `${permissionText(route.permission)} Rate limit: \`${route.rateLimit}\`.`,
    tags: [route.path.split('/')[2] ?? 'api'],
    ...(route.permission.kind === 'public' ? { security: [] } : {}),
    parameters: [
      ...parameters('path', route.params),
      ...parameters('query', route.query),
      ...(route.tus ? tusHeaders(route) : []),
    ],
    ...requestBody(route),
    responses: { ...success(route), ...failures(codesOf(route)) },
    'x-permission': route.permission,
  }
}

function socketContracts(): Json {
  const answered = Object.values(events).map((event) => ({
    name: event.name,
    summary: event.summary,
    permission: event.permission,
    rateLimit: event.rateLimit,
    payload: jsonSchema(event.payload, 'input'),
    ...('ack' in event ? { acknowledgement: jsonSchema(event.ack, 'output') } : {}),
  }))
  const sent = Object.values(signals).map(({ name, summary, payload }) => ({
    name,
    summary,
    payload: jsonSchema(payload, 'output'),
  }))
  return { path: '/api/socket', events: answered, signals: sent }
}

const about = `Every request and every live event of Parley. What is not written here does not exist: unknown fields are refused.

Sign in with \`POST /api/sessions\`. With \`"transport": "token"\` the answer holds the tokens; send the access token as
\`Authorization: Bearer …\`. Browsers get cookies instead. Name your protocol version in the header \`${PROTOCOL_HEADER}\` (now ${PROTOCOL_VERSION}).

Live changes come over Socket.IO (path \`/api/socket\`, WebSocket only, \`auth: { token, protocol }\`); its events and signals are listed
under \`x-socket\` in [openapi.json](/api/openapi.json). Every refusal has the shape \`Failure\`.`

/** The contracts as an OpenAPI 3.1 document. */
export function openapiDocument(version: string): Json {
  const paths: Record<string, Json> = {}
  for (const [name, route] of Object.entries<RouteShape>(routes)) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Parley', version, description: about },
    security: [{ bearer: [] }, { cookie: [] }],
    paths,
    components: {
      schemas: { Failure: jsonSchema(failure, 'output') },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'parley_access' },
      },
    },
    'x-socket': socketContracts(),
  }
}
