import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import type { RouteInput, RouteResponse, RouteShape } from '@parley/contracts/kernel/route'
import { type RouteName, type Routes, routes } from '@parley/contracts/routes'
import { newFileId } from '@parley/contracts/files/file-id'
import { uploadPath } from '@parley/contracts/files/paths'
import type { SignedInResult } from '@parley/contracts/sessions/session'
import { pause } from './wait.ts'

/** Short, since the server judges every one that is chosen, and takes longer for longer ones. */
export const PASSWORD = 'qv7Lm2xPz9Kw'

/** A refusal as the server stated it. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Somebody who calls the installation without a client: retries while the server is away, and nothing else. */
export class Caller {
  readonly #base: string
  readonly #token: string | null

  constructor(base: string, token: string | null = null) {
    this.#base = base
    this.#token = token
  }

  as({ tokens }: SignedInResult): Caller {
    if (!tokens) throw new Error('signed in without tokens')
    return new Caller(this.#base, tokens.accessToken)
  }

  /** @throws Refused */
  async call<N extends RouteName>(name: N, input: RouteInput<Routes[N]>): Promise<RouteResponse<Routes[N]>> {
    const route = routes[name] as RouteShape
    const { params, query, body } = input as { params?: Given; query?: Given; body?: unknown }
    const path = route.path.replace(/:(\w+)/g, (_, key: string) => String(params?.[key]))
    const search = query ? `?${new URLSearchParams(query as Record<string, string>).toString()}` : ''
    const answer = await this.#persistently(this.#base + path + search, {
      method: route.method,
      headers: {
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.#token === null ? {} : { authorization: `Bearer ${this.#token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (answer.ok)
      return (answer.text === '' ? undefined : JSON.parse(answer.text)) as RouteResponse<Routes[N]>
    const { error } = JSON.parse(answer.text) as {
      error: { code: string; message: string; fields?: unknown }
    }
    throw new Refused(
      error.code,
      `${name}: ${error.code} ${error.message} ${JSON.stringify(error.fields ?? {})}`,
    )
  }

  /** Uploads a text that goes with no message. @returns its id @throws Refused */
  async upload(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const id = newFileId()
    const body = { id, name, size: bytes.length, type: 'text/plain', kind: 'document' } as const
    await this.call('createFile', { body })
    await this.#persistently(this.#base + uploadPath(id), {
      method: 'PATCH',
      headers: {
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
        authorization: `Bearer ${this.#token ?? ''}`,
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
      body: bytes,
    })
    await this.call('finishFile', { params: { fileId: id }, body: {} })
    return id
  }

  async #persistently(url: string, init: RequestInit): Promise<{ ok: boolean; text: string }> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const response = await fetch(url, init)
        const text = await response.text()
        if (response.status < 503 || attempt > 400) return { ok: response.ok, text }
      } catch (error) {
        if (attempt > 400) throw error
      }
      await pause(50)
    }
  }
}

type Given = Readonly<Record<string, unknown>>

/** A new organisation. @returns its first admin */
export function signUp(base: string, name: string): Promise<SignedInResult> {
  return new Caller(base).call('signUp', {
    body: {
      admin: { name: 'Rosa Root', email: 'root@torture.example', password: PASSWORD },
      organisation: {
        name,
        address: 'Loopback 1',
        expectedUsers: 10,
        ownerName: 'Rosa Root',
        contactNumber: '+351 900 000 142',
      },
      transport: 'token',
    },
  })
}

/** Somebody joins by invitation. */
export async function join(
  base: string,
  admin: Caller,
  person: { readonly name: string; readonly email: string; readonly role: 'admin' | 'manager' | 'member' },
): Promise<SignedInResult> {
  const { name, email, role } = person
  const { token } = await admin.call('createInvite', { body: { role } })
  return new Caller(base).call('acceptInvite', {
    body: { token, name, email, password: PASSWORD, transport: 'token' },
  })
}

/** Signs in anew. @throws Refused */
export async function signIn(base: string, email: string, organisationId: string): Promise<SignedInResult> {
  const body = { email, password: PASSWORD, organisationId, transport: 'token' as const }
  const result = await new Caller(base).call('signIn', { body })
  if (result.outcome !== 'signed-in')
    throw new Error('the organisation was named, so there is nothing to choose')
  return result
}
