import { PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import { io, type Socket } from 'socket.io-client'
import { messageId, openParleyChat } from './chats.ts'
import { createDriver } from './load.ts'
import { callApi, createMembers, openDirect, type BenchMember } from './parley-api.ts'
import { startParley, type Target } from './processes.ts'
import { atMost, report, type Figure, type Scenario } from './scenario.ts'

const MISSED = 20
/** Devices of one member; each connects and catches up on its own. */
const DEVICES = 4

interface CaughtUp {
  readonly changes: readonly unknown[]
  readonly cursor: number
  readonly more: boolean
}

/** Connects, subscribes, and only then catches up, as every client does (Y3). @returns how many changes it had missed */
async function comeBack(
  target: Target,
  member: BenchMember,
  cursor: number,
): Promise<{ socket: Socket; missed: number }> {
  const socket = io(target.base, {
    path: '/api/socket',
    transports: ['websocket'],
    auth: { token: member.accessToken, protocol: PROTOCOL_VERSION },
    forceNew: true,
    reconnection: false,
    timeout: 60_000,
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve())
    socket.once('connect_error', reject)
  })
  await socket.emitWithAck('sync.subscribe', {})
  let [since, missed] = [cursor, 0]
  for (let more = true; more;) {
    const path = `/api/sync?since=${String(since)}`
    const page = await callApi<CaughtUp>(target.base, 'GET', path, undefined, member.accessToken)
    missed += page.changes.length
    since = page.cursor
    more = page.more
  }
  return { socket, missed }
}

async function prepare(target: Target, clients: number) {
  const members = await createMembers(target.base, clients / DEVICES + 3)
  const [admin, from, to, ...others] = members
  if (!admin || !from || !to) throw new Error('too few members')
  const conversations: string[] = []
  for (const other of others) conversations.push(await openDirect(target.base, admin, other))
  const { cursor } = await callApi<CaughtUp>(
    target.base,
    'GET',
    '/api/sync/load',
    undefined,
    admin.accessToken,
  )
  for (let round = 0; round < MISSED; round += 1) {
    for (let at = 0; at < conversations.length; at += 16) {
      const some = conversations.slice(at, at + 16)
      await Promise.all(
        some.map((id) =>
          callApi(
            target.base,
            'POST',
            `/api/conversations/${id}/messages`,
            { id: messageId(), text: `Missed line ${String(round)}` },
            admin.accessToken,
          ),
        ),
      )
    }
  }
  return { others, cursor, from, to }
}

async function storm(clients: number): Promise<Figure[]> {
  const target = await startParley()
  try {
    const { others, cursor, from, to } = await prepare(target, clients)
    const conversationId = await openDirect(target.base, from, to)
    const bystander = createDriver([await openParleyChat(target.base, { from, to, conversationId })])
    const begun = performance.now()
    const returning = others.flatMap((member) =>
      Array.from({ length: DEVICES }, () => comeBack(target, member, cursor)),
    )
    const meanwhile = bystander.openLoop(4, 5)
    const returned = await Promise.all(returning)
    const seconds = (performance.now() - begun) / 1000
    const { p99 } = await meanwhile
    const short = returned.filter(({ missed }) => missed < MISSED).length
    for (const { socket } of returned) socket.close()
    return [
      report('Reconnect storm: clients', returned.length, 'clients'),
      atMost('Reconnect storm: all caught up after', seconds, 10, 's'),
      atMost('Reconnect storm: clients that did not get all they missed', short, 0, 'clients'),
      atMost('Reconnect storm: a message sent meanwhile arrives within', p99 / 1000, 1, 's'),
    ]
  } finally {
    await target.stop()
  }
}

export const reconnectStorm: Scenario = { name: 'storm', run: ({ quick }) => storm(quick ? 40 : 2_000) }
