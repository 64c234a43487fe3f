import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendMessage } from './domains/messages/send-message.ts'
import type { Actor } from './kernel/actor.ts'
import { newId } from './kernel/ids.ts'
import { orgScope } from './kernel/org-scope.ts'
import { call, succeed } from './tenant-wall/call.ts'
import { startApp, type RunningApp } from './tenant-wall/running-app.ts'
import { SAMPLE_BYTES, uploadFile } from './tenant-wall/sample-files.ts'
import { makeWorld, type World } from './tenant-wall/world.ts'
import { fileContent } from '@parley/contracts/files/routes'

const YEAR = 365 * 24 * 60 * 60 * 1000

let app: RunningApp
let world: World
let talk: string

beforeAll(async () => {
  app = await startApp()
  world = await makeWorld(app.base, 'Here')
  const body = { memberId: world.people.member.memberId }
  talk = (await succeed(app.base, 'startDirectConversation', { body }, world.people.admin.token)).id
})

afterAll(() => app.stop())

/** Something that the admin sent a year ago. */
function sendLongAgo(given: { readonly text: string; readonly files?: string[] }) {
  const scope = orgScope(world.organisationId)
  const { memberId, sessionId } = world.people.admin
  const who = { role: 'admin', passwordIsTemporary: false, device: '', address: '' } as const
  const actor: Actor = { scope, memberId, sessionId, ...who }
  return app.storage.transactions.run(scope, (tx) =>
    sendMessage(tx, actor, { id: newId(), conversationId: talk, ...given }, Date.now() - YEAR),
  )
}

test('As soon as a rule says so, old messages go with their files, and the room that these took is free', async () => {
  const { admin, member } = world.people
  const fileId = await uploadFile(app.base, admin.token)
  await sendLongAgo({ text: 'the lantern', files: [fileId] })
  const content = () => call(app.base, fileContent, { params: { fileId } }, member.token)
  expect((await content()).status).toBe(200)
  const { usedBytes } = await succeed(app.base, 'fileLimits', {}, member.token)
  await succeed(app.base, 'changeCommunication', { body: { messageRetention: 90 } }, admin.token)
  const page = () =>
    succeed(app.base, 'listMessages', { params: { conversationId: talk }, query: {} }, member.token)
  await expect.poll(async () => (await page()).changes, { timeout: 10_000 }).toEqual([])
  expect(await page()).toMatchObject({ changes: [], reachedStart: true })
  expect((await content()).status).toBe(404)
  expect(await succeed(app.base, 'fileLimits', {}, member.token)).toMatchObject({
    usedBytes: usedBytes - SAMPLE_BYTES.length,
  })
  const scope = orgScope(world.organisationId)
  await expect.poll(() => app.storage.read.files.removals(scope, 10)).toEqual([])
  const { changes } = await succeed(app.base, 'load', {}, member.token)
  expect(changes.filter(({ kind }) => kind === 'purge')).toMatchObject([
    {
      id: talk,
      data: { ranges: [{ from: 1, to: 1, why: 'retention', days: 90, memberId: admin.memberId }] },
    },
  ])
})

test('Files go earlier than their messages where that is the rule: what was there is said, and nothing shown of it', async () => {
  const { admin, member } = world.people
  const [old, recent] = [await uploadFile(app.base, admin.token), await uploadFile(app.base, admin.token)]
  await succeed(app.base, 'changeCommunication', { body: { messageRetention: null } }, admin.token)
  await sendLongAgo({ text: 'the old one', files: [old] })
  await sendLongAgo({ text: 'without any' })
  const body = { id: newId(), text: 'the new one', files: [recent] }
  await succeed(app.base, 'sendMessageByRequest', { params: { conversationId: talk }, body }, admin.token)
  const before = await succeed(app.base, 'fileLimits', {}, member.token)
  await succeed(app.base, 'changeCommunication', { body: { fileRetention: 30 } }, admin.token)
  const texts = async () => {
    const { changes } = await succeed(
      app.base,
      'listMessages',
      { params: { conversationId: talk }, query: {} },
      member.token,
    )
    return changes.map(({ data }) => [data?.text, data?.files?.map(({ id, gone = false }) => [id, gone])])
  }
  await expect.poll(texts, { timeout: 10_000 }).toEqual([
    ['the old one', [[old, true]]],
    ['without any', undefined],
    ['the new one', [[recent, false]]],
  ])
  const status = async (fileId: string) =>
    (await call(app.base, fileContent, { params: { fileId } }, admin.token)).status
  expect([await status(old), await status(recent)]).toEqual([404, 200])
  const { usedBytes } = await succeed(app.base, 'fileLimits', {}, member.token)
  expect(usedBytes).toBe(before.usedBytes - SAMPLE_BYTES.length)
})
