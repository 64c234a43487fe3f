import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '@parley/contracts/protocol-version'

/** One signed-in member of the installation under test. */
export interface BenchMember {
  readonly memberId: string
  readonly accessToken: string
}

/** Everybody's. */
export const PASSWORD = 'lantern-quill-harbour-91'

/** Calls a route of the installation and returns its answer. @throws Error with the server's own sentence */
export async function callApi<T>(
  base: string,
  method: string,
  path: string,
  body?: unknown,
  accessToken?: string,
): Promise<T> {
  const response = await fetch(base + path, {
    method,
    headers: {
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

interface SignedIn {
  readonly memberId: string
  readonly tokens: { readonly accessToken: string }
}

const member = ({ memberId, tokens }: SignedIn): BenchMember => ({
  memberId,
  accessToken: tokens.accessToken,
})

/** Signs an organisation up and lets `count` people join it by invitation; the first returned is the admin. */
export async function createMembers(base: string, count: number): Promise<BenchMember[]> {
  const admin = member(
    await callApi<SignedIn>(base, 'POST', '/api/organisations', {
      admin: { name: 'Bench admin', email: 'admin@bench.example', password: PASSWORD },
      organisation: {
        name: 'Bench',
        address: 'Loopback 1',
        expectedUsers: count,
        ownerName: 'Bench',
        contactNumber: '+351 900 000 142',
      },
      transport: 'token',
    }),
  )
  const members = [admin]
  while (members.length < count) {
    const batch = Array.from(
      { length: Math.min(8, count - members.length) },
      (_, index) => members.length + index,
    )
    members.push(...(await Promise.all(batch.map((number) => join(base, admin, number)))))
  }
  return members
}

/** What the member made as this one signs in with; the admin is the one before the first. */
export const memberEmail = (number: number): string => `member${String(number)}@bench.example`

async function join(base: string, admin: BenchMember, number: number): Promise<BenchMember> {
  const { token } = await callApi<{ token: string }>(base, 'POST', '/api/invites', {}, admin.accessToken)
  return member(
    await callApi<SignedIn>(base, 'POST', '/api/invites/accept', {
      token,
      name: `Member ${String(number)}`,
      email: memberEmail(number),
      password: PASSWORD,
      transport: 'token',
    }),
  )
}

/** Signs those of `createMembers` in anew, in the same order: access ends after ten minutes. */
export async function signInAgain(base: string, count: number): Promise<BenchMember[]> {
  const members: BenchMember[] = []
  for (let number = 0; number < count; number += 1) {
    const email = number === 0 ? 'admin@bench.example' : `member${String(number)}@bench.example`
    const given = { email, password: PASSWORD, transport: 'token' }
    members.push(member(await callApi<SignedIn>(base, 'POST', '/api/sessions', given)))
  }
  return members
}

/** The direct conversation of two members. @returns its id */
export async function openDirect(base: string, from: BenchMember, to: BenchMember): Promise<string> {
  const { id } = await callApi<{ id: string }>(
    base,
    'POST',
    '/api/conversations/direct',
    { memberId: to.memberId },
    from.accessToken,
  )
  return id
}
