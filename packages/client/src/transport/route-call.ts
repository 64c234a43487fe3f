import { errorCodes, type ErrorCode } from '@parley/contracts/kernel/error-codes'
import type { Failure } from '@parley/contracts/kernel/failure'
import type { RouteAddress } from '@parley/contracts/addresses'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import { CallFailed } from '../call-failed.ts'
import { type HttpAnswer, type HttpRequest, type Transport, Unreachable } from './transport.ts'

/** What a call carries, whatever its route. */
export interface CallInput {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly upload?: { readonly bytes: Uint8Array; readonly type: string }
}

export const unreachable = () =>
  new CallFailed(
    'unreachable',
    'retry',
    'Parley cannot be reached just now. Check your connection and try again.',
  )

/** Calls a route once. @throws CallFailed */
export async function callRoute(
  transport: Transport,
  route: RouteAddress,
  input: CallInput,
  token: string | null,
): Promise<unknown> {
  const answer = await transport.http(requestFor(route, input, token)).catch((error: unknown) => {
    throw error instanceof Unreachable ? unreachable() : error
  })
  if (answer.status >= 200 && answer.status < 300) return answer.body
  throw refusal(answer)
}

/** What every call says of itself: its version, and who calls where no cookie does. */
export function headersOf(token: string | null): Record<string, string> {
  const version = { [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) }
  return token === null ? version : { ...version, authorization: `Bearer ${token}` }
}

function requestFor(route: RouteAddress, input: CallInput, token: string | null): HttpRequest {
  const headers = headersOf(token)
  const path = pathOf(route, input)
  if (input.upload) {
    return {
      method: route.method,
      path,
      headers: { ...headers, 'content-type': input.upload.type },
      body: input.upload.bytes,
    }
  }
  if (input.body === undefined) return { method: route.method, path, headers }
  const body = JSON.stringify(input.body)
  return { method: route.method, path, headers: { ...headers, 'content-type': 'application/json' }, body }
}

function pathOf(route: RouteAddress, { params, query }: CallInput): string {
  const path = route.path.replace(/:([A-Za-z]+)/g, (_, name: string) =>
    encodeURIComponent(String(params?.[name])),
  )
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined)
  if (pairs.length === 0) return path
  return `${path}?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')}`
}

/** A refusal as the server states it; what does not state one is not Parley, so that it counts as unreachable. */
function refusal({ body }: HttpAnswer): CallFailed {
  const error = failureIn(body)
  return error ? callFailed(error) : unreachable()
}

/** The failure in an HTTP answer or an acknowledgement, or null. */
export function failureIn(body: unknown): Failure['error'] | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null
  const { error } = body
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  return error as Failure['error']
}

/** A stated failure as it is thrown. A code of a newer server counts as `internal`, with its own sentence. */
export function callFailed({ code, message, fields, retryAfter }: Failure['error']): CallFailed {
  const known: ErrorCode = code in errorCodes ? code : 'internal'
  return new CallFailed(known, errorCodes[known].action, message, fields ?? {}, retryAfter ?? null)
}

/** A failure that the device knows of without asking, in the words in which the server would state it. */
export const failedAs = (code: ErrorCode): CallFailed =>
  callFailed({ code, message: errorCodes[code].message })

export const failedWith = (error: unknown, code: CallFailed['code']): boolean =>
  error instanceof CallFailed && error.code === code
