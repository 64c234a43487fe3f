import { sendMessage } from '../domains/messages/send-message.ts'
import { newId } from '../kernel/ids.ts'
import { orgScope } from '../kernel/org-scope.ts'
import { type ChangeKind, changeKinds } from '@parley/contracts/sync/change'
import type { Role } from '@parley/contracts/kernel/permission'
import { signals } from '@parley/contracts/events'
import type { RouteName } from '@parley/contracts/routes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call, type Input, PNG, type Listener, listen, send, succeed } from './call.ts'
import { allEvents, allRoutes, inputOf, ownIds, payloadOf } from './inputs.ts'
import { type RunningApp, startApp } from './running-app.ts'
import { announceFile, SAMPLE_CHAT, uploadFile } from './sample-files.ts'
import { makeWorld, PASSWORD, type World } from './world.ts'

/** Inputs that no generator can find: proofs of who somebody is, and what was made before. */
const given: Partial<Record<RouteName, (world: World) => Promise<Input> | Input>> = {
  signIn: ({ spare }) => ({ body: { email: spare.email, password: PASSWORD, transport: 'token' } }),
  refreshSession: ({ spare }) => ({ body: { refreshToken: spare.refreshToken } }),
  openInvite: ({ inviteToken }) => ({ body: { token: inviteToken } }),
  acceptInvite: ({ inviteToken }) => ({
    body: {
      token: inviteToken,
      name: 'Nora',
      email: 'nora@wall.example',
      password: PASSWORD,
      transport: 'token',
    },
  }),
  changeOwnPassword: () => ({ body: { current: PASSWORD, next: 'orchard-velvet-tunnel-58' } }),
  renewInvite: ({ ids }) => ({ params: { inviteId: ids.invite }, body: {} }), // here nothing is mailed
  uploadBytes: async ({ people: { admin } }) => ({
    params: { fileId: await announceFile(app.base, admin.token) },
  }),
  setPoster: async ({ people: { admin } }) => ({
    params: { fileId: await announceFile(app.base, admin.token, { kind: 'video' }) },
  }),
  filePreview: async ({ people: { admin } }) => ({
    params: { fileId: await uploadFile(app.base, admin.token, { kind: 'picture', bytes: PNG }) },
  }),
  memberPicture: async ({ people: { admin } }) => {
    const [, route] = allRoutes.find(([name]) => name === 'setOwnPicture')!
    const { body } = await call(app.base, route, {}, admin.token)
    const { id, pictureVersion } = body as { id: string; pictureVersion: string }
    return { params: { memberId: id, version: pictureVersion } }
  },
  previewImport: async ({ people: { admin }, groupOf }) => ({
    params: { conversationId: groupOf.admin },
    body: { fileId: await uploadFile(app.base, admin.token, { bytes: SAMPLE_CHAT }) },
  }),
  startImport: async ({ people: { admin }, groupOf }) => ({
    params: { conversationId: groupOf.admin },
    body: {
      ...{ id: newId(), timeZone: 'Europe/Lisbon', dateOrder: 'year-first', people: [] },
      fileId: await uploadFile(app.base, admin.token, {
        bytes: Buffer.from('2026-01-31, 09:00 - Mei: Hello'),
      }),
    },
  }),
  groupPicture: async ({ people: { admin }, groupOf }) => {
    const [, route] = allRoutes.find(([name]) => name === 'setGroupPicture')!
    const params = { conversationId: groupOf.admin }
    const { body } = await call(app.base, route, { params }, admin.token)
    const { group } = body as { group: { pictureVersion: string } }
    return { params: { ...params, version: group.pictureVersion } }
  },
}

/** Public routes that want a token which only a mail could bring. */
const refusedHere: Partial<Record<RouteName, string>> = { completePasswordReset: 'reset_unknown' }

const SECRETS = /argon2|passwordHash|tokenHash|refreshHash|emailKey/

let app: RunningApp
let there: World
const foreign: Listener[] = []
const heardKinds = new Set<ChangeKind>()
beforeAll(async () => {
  app = await startApp()
  there = await makeWorld(app.base, 'There')
  for (const { token } of [...Object.values(there.people), there.spare])
    foreign.push(await listen(app.base, token))
})
afterAll(async () => {
  for (const listener of foreign) listener.close()
  await app.stop()
})

/** Does something in a new organisation while everybody of it and of another listens; then looks at all that was heard. */
async function whileAllListen(act: (world: World, admin: Listener) => Promise<void>): Promise<void> {
  const world = await makeWorld(app.base, 'Here')
  for (const listener of foreign) listener.heard.length = 0
  const listeners = new Map<Role | 'spare' | 'other', Listener>()
  for (const who of ['admin', 'manager', 'member', 'spare', 'other'] as const) {
    const { token } = who === 'spare' || who === 'other' ? world[who] : world.people[who]
    listeners.set(who, await listen(app.base, token))
  }
  await act(world, listeners.get('admin')!)
  await new Promise((resolve) => setTimeout(resolve, 30))
  await Promise.all(foreign.map((listener) => listener.caughtUp()))
  for (const listener of foreign) expect(listener.heard).toEqual([])
  for (const [who, listener] of listeners) {
    const { memberId } = who === 'spare' || who === 'other' ? world[who] : world.people[who]
    expectFitting(world, { role: who, memberId }, listener)
    listener.close()
  }
}

/** Made an admin while listening: from then on the admins' changes are for them, those of the same transaction included. */
const gainsAdmin = (heard: Listener['heard']) =>
  JSON.stringify(heard).includes('{"audience":"admins","state":"gained"}')

/** Every signal keeps its contract to the letter (A7), and is for this member (Y2). */
function expectFitting(world: World, who: { role: string; memberId: string }, { heard }: Listener): void {
  let isAdmin = who.role === 'admin' || gainsAdmin(heard)
  for (const { name, payload } of heard) {
    const signal = Object.values(signals).find((one) => one.name === name)
    expect(signal, `${name} is in the contracts`).toBeDefined()
    expect(signal?.payload.safeParse(payload).error?.issues ?? []).toEqual([])
    expect(JSON.stringify(payload)).not.toMatch(SECRETS)
    if (name !== signals.changes.name) continue
    for (const { audience, kind, data } of signals.changes.payload.parse(payload)) {
      heardKinds.add(kind)
      if (audience === 'admins') expect([who.role, isAdmin]).toEqual([who.role, true])
      if (kind === 'access' && data?.state === 'lost') isAdmin = false
      if (audience.startsWith('member:')) expect(audience).toBe(`member:${who.memberId}`)
      if (kind === 'conversation' && data && !data.kept) expect(data.memberIds).toContain(who.memberId)
      if ([world.ids.conversation, world.ids.group].some((id) => audience === `conversation:${id}`))
        expect(['spare', 'other']).toContain(who.role)
    }
  }
}

/** A message from before this test could have been running. */
async function sendLongAgo({ organisationId, people }: World, conversationId: string): Promise<void> {
  const scope = orgScope(organisationId)
  const { memberId } = people.admin
  const actor = { scope, memberId, sessionId: '', role: 'admin', passwordIsTemporary: false } as const
  const given = { id: newId(), conversationId, text: 'Long ago' }
  await app.storage.transactions.run(scope, (tx) =>
    sendMessage(tx, { ...actor, device: '', address: '' }, given, Date.now() - 365 * 24 * 60 * 60 * 1000),
  )
}

describe('A4, A6, A7: every call keeps its contract, and no other organisation hears of it', () => {
  test.each(allRoutes)('%s', async (name, route) => {
    await whileAllListen(async (world) => {
      const input = (await given[name]?.(world)) ?? inputOf(route, ownIds(world, 'admin'))
      const token = route.permission.kind === 'public' ? null : world.people.admin.token
      const { status, body, type } = await call(app.base, route, input, token)
      const refusal = (body as { error?: { code?: string } } | undefined)?.error?.code
      expect(refusal, `${name} with a generated input; if it needs more, say so in \`given\` above`).toBe(
        refusedHere[name],
      )
      if (refusal !== undefined) return
      if (route.tus) expect([200, 204]).toContain(status)
      else if (route.ranges) expect(type).toBe('application/octet-stream')
      else if (route.streamed) expect(type).toBe('application/zip')
      else if (route.binary) expect(type).toMatch(/^image\//)
      else if (!route.response) expect(status).toBe(204)
      else expect(route.response.safeParse(body).error?.issues ?? []).toEqual([])
      expect(JSON.stringify(body ?? null)).not.toMatch(SECRETS)
    })
  })

  test.each(allEvents)('%s', async (_name, event) => {
    await whileAllListen(async (world, admin) => {
      const ack = await send(admin, event, payloadOf(event, ownIds(world, 'admin')))
      if (event.ack) expect(event.ack.safeParse(ack).error?.issues ?? []).toEqual([])
      expect(JSON.stringify(ack)).not.toMatch(SECRETS)
    })
  })

  test('and these calls made every kind of change there is', async () => {
    await whileAllListen(async (world, admin) => {
      // A role given and taken back tells of access, a message seen of marks, and one seen by all of a group of its reach, a name of mentions.
      const params = { memberId: world.people.member.memberId }
      const token = world.people.admin.token
      await succeed(app.base, 'changeMember', { params, body: { role: 'admin' } }, token)
      await succeed(app.base, 'changeMember', { params, body: { role: 'member' } }, token)
      await admin.caughtUp()
      const talk = { conversationId: world.talkOf.admin }
      await succeed(
        app.base,
        'sendMessageByRequest',
        { params: talk, body: { id: world.ids.message.replace(/^./, '1'), text: 'Seen?' } },
        world.spare.token,
      )
      await succeed(app.base, 'raiseMarksOf', { params: talk, body: { delivered: 2, seen: 2 } }, token)
      const inGroup = { conversationId: world.ids.group }
      for (const { token: reader } of [world.spare, world.other])
        await succeed(app.base, 'raiseMarksOf', { params: inGroup, body: { delivered: 1, seen: 1 } }, reader)
      const mentions = { memberIds: [world.other.memberId] }
      const calling = { id: world.ids.message.replace(/^./, '2'), text: '@Other', mentions }
      await succeed(app.base, 'sendMessageByRequest', { params: inGroup, body: calling }, world.spare.token)
      // what was sent long ago goes as soon as a rule says so
      const body = { memberId: world.people.member.memberId }
      const { id } = await succeed(app.base, 'startDirectConversation', { body }, token)
      await sendLongAgo(world, id)
      await succeed(app.base, 'changeCommunication', { body: { messageRetention: 30 } }, token)
      await expect.poll(() => JSON.stringify(admin.heard)).toContain('"purge"')
    })
    expect([...heardKinds].sort()).toEqual((Object.keys(changeKinds) as ChangeKind[]).sort())
  })
})
