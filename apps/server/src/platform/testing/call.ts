import type { Failure } from '@parley/contracts/kernel/failure'

export interface Called {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
  readonly text: string
  readonly error: Failure['error'] | undefined
}

interface Given {
  readonly token?: string
  readonly headers?: Record<string, string>
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is. */
  readonly raw?: string | Uint8Array<ArrayBuffer>
}

/** Calls a server as a program would. */
export async function call(base: string, method: string, path: string, given: Given = {}): Promise<Called> {
  const headers = new Headers(given.headers)
  if (given.token !== undefined) headers.set('authorization', `Bearer ${given.token}`)
  if (given.json !== undefined) headers.set('content-type', 'application/json')
  const body = given.json === undefined ? given.raw : JSON.stringify(given.json)
  const answer = await fetch(base + path, {
    method,
    headers,
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  })
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true
  const parsed = isJson && text !== '' ? (JSON.parse(text) as unknown) : undefined
  return {
    status: answer.status,
    headers: answer.headers,
    body: parsed,
    text,
    error: (parsed as Failure | undefined)?.error,
  }
}
