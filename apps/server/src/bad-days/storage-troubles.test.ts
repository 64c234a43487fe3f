import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { errorCodes } from '@parley/contracts/kernel/error-codes'
import { events } from '@parley/contracts/events'
import type { RouteInput } from '@parley/contracts/kernel/route'
import { routes } from '@parley/contracts/routes'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findMongod } from '../../../../scripts/services.mjs'
import { openMongoStorage } from '../adapters/storage/mongodb/open-mongo-storage.ts'
import { type MongodProcess, prepareMongod } from '../adapters/storage/mongodb/mongod-process.ts'
import { orSkipLoudly } from '../adapters/storage/mongodb/mongo-fixture.ts'
import { openSqlite } from '../adapters/storage/sqlite/open-sqlite-storage.ts'
import { newId } from '../kernel/ids.ts'
import { type Answer, call, listen, send, succeed } from '../tenant-wall/call.ts'
import { type RunningApp, startApp } from '../tenant-wall/running-app.ts'
import { makeWorld, type World } from '../tenant-wall/world.ts'
import { answering, startProgram, takePort, temporaryFolder } from './server-process.ts'

const codeOf = (body: unknown) => (body as { error?: { code?: string } } | undefined)?.error?.code ?? 'done'

type SendInput = RouteInput<typeof routes.sendMessageByRequest>
const messageIn = ({ ids }: World, text: string, id = newId()): SendInput => ({
  params: { conversationId: ids.conversation },
  body: { id, text },
})

const sendIn = (base: string, world: World, input: SendInput): Promise<Answer> =>
  call(base, routes.sendMessageByRequest, input, world.spare.token)

/** The numbers and ids of the talk, as its other participant reads it. */
async function talkOf(base: string, { ids, other }: World): Promise<{ id: string; number: number }[]> {
  const input = { params: { conversationId: ids.conversation }, query: { limit: 100 } }
  const { changes } = await succeed(base, 'listMessages', input, other.token)
  return changes.flatMap(({ data }) => (data ? [{ id: data.id, number: data.number }] : []))
}

const oneTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('a disk that is full', () => {
  let app: RunningApp
  let world: World
  let folder: ReturnType<typeof temporaryFolder>
  let limit: (pages: number) => void
  beforeEach(async () => {
    folder = temporaryFolder()
    const storage = openSqlite({ file: path.join(folder.path, 'parley.db') })
    limit = (pages) => storage.writer.exec(`PRAGMA max_page_count = ${pages}`)
    app = await startApp({ storage })
    world = await makeWorld(app.base, 'Full')
    limit(1)
  })
  afterEach(async () => {
    await app.stop()
    folder.remove()
  })

  test('is said as such, by request and live, and what was sent is taken once there is room', async () => {
    const input = messageIn(world, 'x'.repeat(7_000))
    const { id, text } = input.body
    let answer = await sendIn(app.base, world, input)
    const filling: SendInput[] = []
    while (answer.status === 200 && filling.length < 50) {
      filling.push(messageIn(world, 'x'.repeat(7_000)))
      answer = await sendIn(app.base, world, filling.at(-1)!)
    }
    expect([answer.status, codeOf(answer.body)]).toEqual([507, 'storage_full'])
    expect(errorCodes.storage_full.action).toBe('retry')
    const listener = await listen(app.base, world.spare.token)
    const payload = { id: newId(), conversationId: world.ids.conversation, text }
    expect(codeOf(await send(listener, events.sendMessage, payload))).toBe('storage_full')

    limit(1_000_000)
    const again = filling.at(-1) ?? input
    expect(codeOf((await sendIn(app.base, world, again)).body)).toBe('done')
    expect(codeOf(await send(listener, events.sendMessage, payload))).toBe('done')
    const talk = await talkOf(app.base, world)
    expect(talk.map(({ number }) => number)).toEqual(oneTo(talk.length))
    expect(talk.map((message) => message.id)).toEqual(expect.arrayContaining([id, again.body.id, payload.id]))
    listener.close()
  })

  test('leaves everything readable', async () => {
    expect(await talkOf(app.base, world)).toHaveLength(1)
  })
})

const mongod = orSkipLoudly(await findMongod())

describe.skipIf(!mongod)('MongoDB that goes away while the server runs', () => {
  let database: MongodProcess
  let app: RunningApp
  let world: World
  beforeAll(async () => {
    database = await prepareMongod(mongod ?? '', { replicaSet: true })
    await database.start()
    await database.initiate()
    const storage = await openMongoStorage({ url: `mongodb://${database.host}/parley?replicaSet=away` })
    app = await startApp({ storage })
    world = await makeWorld(app.base, 'Away')
  }, 60_000)
  afterAll(async () => {
    await app.stop()
    await database.destroy()
  })

  test('is said as such and tried again; nothing acknowledged is lost', { timeout: 60_000 }, async () => {
    const inputs = oneTo(5).map((index) => messageIn(world, `before ${index}`))
    for (const input of inputs) expect(codeOf((await sendIn(app.base, world, input)).body)).toBe('done')
    await database.kill()
    const meanwhile = messageIn(world, 'meanwhile')
    const answer = await sendIn(app.base, world, meanwhile)
    expect([answer.status, codeOf(answer.body)]).toEqual([503, 'storage_unavailable'])
    expect(JSON.stringify(answer.body)).not.toMatch(/mongo|ECONN|127\.0\.0\.1/i)
    expect(errorCodes.storage_unavailable.action).toBe('retry')

    await database.start()
    await expect
      .poll(async () => codeOf((await sendIn(app.base, world, meanwhile)).body), {
        timeout: 30_000,
        interval: 200,
      })
      .toBe('done')
    const talk = await talkOf(app.base, world)
    expect(talk.map(({ number }) => number)).toEqual(oneTo(talk.length))
    for (const { body } of [...inputs, meanwhile]) {
      expect(talk.filter(({ id }) => id === body.id)).toHaveLength(1)
    }
  })
})

describe('a server that restarts in mid-send', () => {
  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'by %s: each message is there once, however often it is sent',
    async (signal) => {
      const folder = temporaryFolder()
      const { port, free } = await takePort()
      await free()
      const base = `http://127.0.0.1:${port}`
      const start = async () => {
        const program = startProgram(['--port', String(port), '--data', folder.path])
        await answering(base, program)
        return program
      }
      let program = await start()
      const world = await makeWorld(base, 'Restart')
      const inputs = oneTo(60).map((index) => messageIn(world, `message ${index}`))
      const sending = Promise.all(inputs.map((input) => sendIn(base, world, input).catch(() => null)))
      await wait(15)
      program.child.kill(signal)
      expect(await program.ended).toBe(signal === 'SIGTERM' ? 0 : null)
      const answers = await sending
      const acknowledged = inputs.filter((_input, index) => answers[index]?.status === 200)

      program = await start()
      const talk = (await talkOf(base, world)).map(({ id }) => id)
      for (const { body } of acknowledged) expect(talk.filter((id) => id === body.id)).toHaveLength(1)
      for (const input of inputs) expect((await sendIn(base, world, input)).status).toBe(200)
      const whole = await talkOf(base, world)
      expect(whole.map(({ number }) => number)).toEqual(oneTo(inputs.length + 1))
      program.child.kill('SIGTERM')
      await program.ended
      folder.remove()
    },
    60_000,
  )
})
