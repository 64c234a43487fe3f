import type { RouteInput, RouteResponse } from '@parley/contracts/kernel/route'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import { type RouteName, type Routes, routes } from '@parley/contracts/routes'

interface Given {
  readonly params?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

export const protocolHeader = { [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) }

/** Calls a route from outside the browser. @throws Error with the server's own words */
export async function callRoute<N extends RouteName>(
  base: string,
  name: N,
  input: RouteInput<Routes[N]>,
  token?: string,
): Promise<RouteResponse<Routes[N]>> {
  const { method, path } = routes[name]
  const { params = {}, body } = input as Given
  const filled = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params[key])))
  const response = await fetch(base + filled, {
    method,
    headers: {
      ...protocolHeader,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${filled}: ${response.status} ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as RouteResponse<Routes[N]>
}
