import { signals } from '@parley/contracts/events'
import { expect, test } from 'vitest'
import { CallFailed } from '../call-failed.ts'
import { memoryPlace } from '../files/memory-place.ts'
import { chat, later } from '../testing/chat.ts'
import { device, liveDevice } from '../testing/device.ts'
import { signedIn } from '../testing/fake-transport.ts'

const count = (log: readonly string[], wanted: string) => log.filter((name) => name === wanted).length

/** Refuses everything that needs to be signed in until the tokens were exchanged. */
function expireAccess(
  transport: Awaited<ReturnType<typeof liveDevice>>['transport'],
  then: 'renewed' | 'over',
) {
  let expired = true
  transport.refuse = (name) => {
    if (name === 'refreshSession' && then === 'renewed') expired = false
    if (name === 'signOut') return null
    return expired ? { code: 'not_signed_in' } : null
  }
}

test('A1: a call with an expired access token exchanges it and is made once more', async () => {
  const { server, clock, ana } = chat()
  const a = await liveDevice(server, clock, ana)
  expireAccess(a.transport, 'renewed')
  a.transport.log.length = 0
  await a.client.call('listSessions', {})
  expect(a.transport.log).toEqual(['listSessions', 'refreshSession', 'listSessions'])
})

test('A1: calls that fail together exchange the token once', async () => {
  const { server, clock, ana } = chat()
  const a = await liveDevice(server, clock, ana)
  expireAccess(a.transport, 'renewed')
  await Promise.all([1, 2, 3].map(() => a.client.call('listSessions', {})))
  expect(count(a.transport.log, 'refreshSession')).toBe(1)
})

test('A1: the access token is exchanged before it expires', async () => {
  const { server, clock, ana } = chat()
  const a = await liveDevice(server, clock, ana)
  await clock.pass(9 * 60_000)
  expect(count(a.transport.log, 'refreshSession')).toBe(1)
  await clock.pass(9 * 60_000 + 1_000)
  expect(count(a.transport.log, 'refreshSession')).toBe(2)
  expect(a.client.connection()).toBe('live')
})

test('a program keeps its tokens and sends the newest refresh token', async () => {
  const { server, clock, ana } = chat()
  const a = device(server, clock, ana)
  await a.client.start()
  const tokens = { accessToken: 'access-1', accessTokenExpiresAt: 0, refreshToken: 'refresh-1' }
  await a.client.adoptSession({ ...signedIn(server, ana), tokens })
  await clock.pass(9 * 60_000)
  const sent = a.transport.payloads.find(({ name }) => name === 'refreshSession')
  expect(sent?.payload).toEqual({ refreshToken: 'refresh-1' })
})

test('a handshake that is refused for its token exchanges it and connects again', async () => {
  const { server, clock, ana } = chat()
  const a = await liveDevice(server, clock, ana)
  expireAccess(a.transport, 'renewed')
  a.transport.dropConnection()
  await clock.pass(3_000)
  expect(a.client.connection()).toBe('live')
  expect(count(a.transport.log, 'refreshSession')).toBe(1)
})

test('without a network nobody is signed out, however long it takes', async () => {
  const { server, clock, ana } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.goOffline()
  await clock.pass(60 * 60_000)
  expect(a.client.session().state).toBe('signed-in')
  await expect(a.client.call('listSessions', {})).rejects.toMatchObject({
    code: 'unreachable',
    action: 'retry',
  })
  a.transport.online = true
  await clock.pass(60_000)
  expect(a.client.connection()).toBe('live')
})

test('Y6: after a session has expired the same member finds outbox and drafts again', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.goOffline()
  await a.client.send(conversationId, 'written in time')
  a.client.setDraft(conversationId, 'half a sentence')
  await clock.pass(1_000)
  expireAccess(a.transport, 'over')
  a.transport.online = true
  await clock.pass(60_000)
  expect(a.client.session()).toEqual({ state: 'signed-out', reason: 'expired' })
  expect(a.client.connection()).toBe('signed-out')
  expect(a.client.chats()).toEqual([])
  expect((await a.store.readAll()).records).toEqual([])

  a.transport.refuse = () => null
  await a.client.adoptSession(signedIn(server, ana))
  await clock.pass(5_000)
  expect(a.client.conversation(conversationId)?.messages).toMatchObject([
    { text: 'written in time', delivery: 'sent' },
  ])
  expect(a.client.draft(conversationId)).toBe('half a sentence')
})

test('another member who signs in after that finds nothing', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.goOffline()
  await a.client.send(conversationId, 'not for others')
  expireAccess(a.transport, 'over')
  a.transport.online = true
  await clock.pass(60_000)
  a.transport.refuse = () => null
  await a.client.adoptSession(signedIn(server, ben))
  await clock.pass(5_000)
  expect(a.client.waiting()).toBe(0)
  expect(server.discussions.get(conversationId)?.messages).toEqual([])
})

test('signing out tells the server and wipes the device', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.client.setDraft(conversationId, 'half a sentence')
  await clock.pass(1_000)
  await a.client.signOut()
  expect(a.transport.log).toContain('signOut')
  expect(a.client.session()).toEqual({ state: 'signed-out', reason: 'signed-out' })
  const { records, outbox, drafts, meta } = await a.store.readAll()
  expect([records, outbox, drafts.size, meta.session, meta.owner]).toEqual([[], [], 0, null, null])
})

test('signing out without a network wipes the device all the same', async () => {
  const { server, clock, ana } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.goOffline()
  await a.client.signOut()
  expect(a.client.session().state).toBe('signed-out')
  await expect(a.client.call('listSessions', {})).rejects.toBeInstanceOf(CallFailed)
})

test('a sign-out without a network is told to the server as soon as it can be reached, also after a restart', async () => {
  const { server, clock, ana } = chat()
  const a = await liveDevice(server, clock, ana, { credentials: 'cookie' })
  a.transport.goOffline()
  await a.client.signOut()
  await clock.pass(60_000)
  await a.client.stop()
  const again = device(server, clock, ana, { credentials: 'cookie', store: a.store })
  again.transport.online = false
  await again.client.start()
  await clock.pass(100)
  again.transport.online = true
  again.platform.setOnline(true)
  await clock.pass(100)
  expect(again.transport.log).toEqual(['refreshSession', 'signOut'])
  expect(again.client.session()).toEqual({ state: 'signed-out', reason: 'signed-out' })
  await clock.pass(120_000)
  expect(again.transport.log).toEqual(['refreshSession', 'signOut'])
})

test('a program that signed out without a network ends the session with the tokens it had', async () => {
  const { server, clock, ana } = chat()
  const a = device(server, clock, ana)
  await a.client.start()
  const tokens = { accessToken: 'access-1', accessTokenExpiresAt: 0, refreshToken: 'refresh-1' }
  await a.client.adoptSession({ ...signedIn(server, ana), tokens })
  a.transport.goOffline()
  await a.client.signOut()
  a.transport.online = true
  await clock.pass(30_000)
  const sent = a.transport.payloads.filter(({ name }) => name === 'refreshSession' || name === 'signOut')
  expect(sent.map(({ name, payload }) => [name, payload])).toEqual([
    ['refreshSession', { refreshToken: 'refresh-1' }],
    ['signOut', undefined],
  ])
  expect((await a.store.readAll()).meta.owedSignOut).toBe(null)
})

test('who signs in before the server heard of the sign-out stays in: the owed one is told first', async () => {
  const { server, clock, ana } = chat()
  const a = await liveDevice(server, clock, ana, { credentials: 'cookie' })
  a.transport.goOffline()
  await a.client.signOut()
  a.transport.online = true
  a.transport.log.length = 0
  await a.client.call('signIn', { body: { email: 'ana@example.com', password: 'harbour lantern' } })
  await a.client.adoptSession(signedIn(server, ana))
  await clock.pass(120_000)
  expect(a.transport.log.slice(0, 3)).toEqual(['refreshSession', 'signOut', 'signIn'])
  expect(count(a.transport.log, 'signOut')).toBe(1)
  expect(a.client.session().state).toBe('signed-in')
})

test('signing out with a session that had expired already wipes the device as well', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.client.setDraft(conversationId, 'half a sentence')
  await clock.pass(1_000)
  a.transport.refuse = () => ({ code: 'not_signed_in' })
  await a.client.signOut()
  expect(a.client.session()).toEqual({ state: 'signed-out', reason: 'signed-out' })
  expect((await a.store.readAll()).drafts.size).toBe(0)
})

test('signing out everywhere does not pretend when the server could not be told', async () => {
  const { server, clock, ana } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.goOffline()
  await expect(a.client.signOut(true)).rejects.toMatchObject({ code: 'unreachable' })
  expect(a.client.session().state).toBe('signed-in')
})

test.each([
  ['deactivated', true],
  ['deleted', true],
  ['signed-out', true],
  ['ended', false],
  ['reused', false],
  ['password-changed', false],
  ['password-reset', false],
] as const)('A2: a session ended as %s is over at once (what was written too: %s)', async (reason, wiped) => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.client.setDraft(conversationId, 'half a sentence')
  await clock.pass(1_000)
  a.transport.refuse = (name) => (name === 'messages.send' ? { code: 'storage_full' } : null)
  await a.client.send(conversationId, 'not sent yet')
  await clock.pass(1_000)
  server.signalTo(ana, 'session-ended', { reason })
  await clock.pass(10)
  expect(a.client.session()).toEqual({ state: 'signed-out', reason })
  expect(a.client.connection()).toBe('signed-out')
  const { records, windows, outbox, drafts } = await a.store.readAll()
  expect([records, windows]).toEqual([[], []])
  expect([outbox.length, drafts.size]).toEqual(wiped ? [0, 0] : [1, 1])
  a.transport.log.length = 0
  await clock.pass(600_000)
  expect(a.transport.log).toEqual([])
  a.transport.refuse = () => null
  await a.client.adoptSession(signedIn(server, ana))
  await clock.pass(10)
  const sent = server.discussions.get(conversationId)?.messages.map(({ message }) => message.text)
  expect(sent).toEqual(wiped ? [] : ['not sent yet'])
})

test('signing out here leaves nothing, although the server says first that all sessions were ended', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.client.setDraft(conversationId, 'half a sentence')
  await clock.pass(1_000)
  const { promise, arrive } = later()
  a.transport.hold = (name) => (name === 'signOutEverywhere' ? promise : null)
  const signingOut = a.client.signOut(true)
  await clock.pass(10)
  server.signalTo(ana, 'session-ended', { reason: 'ended' })
  await clock.pass(10)
  arrive()
  await signingOut
  expect(a.client.session()).toEqual({ state: 'signed-out', reason: 'signed-out' })
  const { drafts, meta } = await a.store.readAll()
  expect([drafts.size, meta.owner]).toEqual([0, null])
})

test('A2: a deactivated member who comes back online is told so, and the device is wiped', async () => {
  const { server, clock, ana } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.goOffline()
  a.transport.refuse = () => ({ code: 'member_deactivated' })
  a.transport.online = true
  await clock.pass(30_000)
  expect(a.client.session()).toEqual({ state: 'signed-out', reason: 'deactivated' })
  expect((await a.store.readAll()).records).toEqual([])
})

test('a browser whose cookies still hold is signed in although its storage is empty', async () => {
  const { server, clock, ana } = chat()
  const a = device(server, clock, ana, { credentials: 'cookie' })
  await a.client.start()
  await clock.pass(100)
  expect(a.client.session().state).toBe('signed-in')
  expect(a.client.connection()).toBe('live')
})

test('a browser that signed out does not ask its cookies again', async () => {
  const { server, clock, ana } = chat()
  const a = device(server, clock, ana, { credentials: 'cookie' })
  await a.client.start()
  await a.client.signOut()
  await a.client.stop()
  const again = device(server, clock, ana, { credentials: 'cookie', store: a.store })
  await again.client.start()
  expect(again.client.session()).toEqual({ state: 'signed-out', reason: 'signed-out' })
  expect(again.transport.log).toEqual([])
})

test('an exchange that answers after the session has ended does not bring it back', async () => {
  const { server, clock, ana } = chat()
  const a = await liveDevice(server, clock, ana)
  const { promise, arrive } = later()
  a.transport.hold = (name) => (name === 'refreshSession' ? promise : null)
  await clock.pass(9 * 60_000)
  server.signalTo(ana, 'session-ended', { reason: 'deactivated' })
  await clock.pass(10)
  arrive()
  await clock.pass(10)
  expect(a.client.session().state).toBe('signed-out')
})

test('routes that sign in are told how this client keeps its credentials', async () => {
  const { server, clock, ana } = chat()
  const a = device(server, clock, ana)
  await a.client.start()
  await a.client.call('signIn', { body: { email: 'ana@example.org', password: 'a long enough one' } })
  expect(a.transport.payloads[0]?.payload).toMatchObject({ transport: 'token' })
})

test('Y9: a message whose files were being put aside while the device was wiped is not kept', async () => {
  const { server, clock, ana, conversationId } = chat()
  const place = memoryPlace()
  const { promise, arrive } = later()
  const files = { ...place, open: () => promise.then(() => place.open()) }
  const a = await liveDevice(server, clock, ana, { files })
  const file = { bytes: new Blob(['7']), name: '7.txt', type: 'text/plain', kind: 'document' } as const
  const sending = expect(a.client.send(conversationId, 'Look', { files: [file] })).rejects.toMatchObject({
    code: 'not_signed_in',
  })
  server.signalTo(ana, signals.sessionEnded.name, { reason: 'deleted' })
  await clock.pass(10)
  arrive()
  await sending
  expect((await a.store.readAll()).outbox).toEqual([])
})
