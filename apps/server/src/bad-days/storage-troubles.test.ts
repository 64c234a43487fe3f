import path from 'node:path'
import { errorCodes } from '@parley/contracts/kernel/error-codes'
import { events, signals } from '@parley/contracts/events'
import type { RouteInput } from '@parley/contracts/kernel/route'
import { routes } from '@parley/contracts/routes'
import type { Change } from '@parley/contracts/sync/change'
import { MongoClient } from 'mongodb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findMongod } from '../../../../scripts/services.mjs'
import type { LateCommitListener, StorageFault } from '../adapters/storage/contract/storage.ts'
import { openMongoStorage } from '../adapters/storage/mongodb/open-mongo-storage.ts'
import { type MongodProcess, prepareMongod } from '../adapters/storage/mongodb/mongod-process.ts'
import { orSkipLoudly } from '../adapters/storage/mongodb/mongo-fixture.ts'
import { openSqlite } from '../adapters/storage/sqlite/open-sqlite-storage.ts'
import { DomainError } from '../kernel/domain-error.ts'
import { newId } from '../kernel/ids.ts'
import { orgScope } from '../kernel/org-scope.ts'
import { type Answer, call, listen, type Listener, send, succeed } from '../tenant-wall/call.ts'
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
  const talk: { id: string; number: number }[] = []
  for (let reachedStart = false; !reachedStart;) {
    const before = talk[0] ? { before: talk[0].number } : {}
    const input = { params: { conversationId: ids.conversation }, query: { limit: 100, ...before } }
    const page = await succeed(base, 'listMessages', input, other.token)
    talk.unshift(...page.changes.flatMap(({ data }) => (data ? [{ id: data.id, number: data.number }] : [])))
    reachedStart = page.reachedStart
  }
  return talk
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
    const taken = [world.ids.message]
    let input = messageIn(world, 'x'.repeat(7_000))
    let answer = await sendIn(app.base, world, input)
    for (; answer.status === 200 && taken.length < 50; answer = await sendIn(app.base, world, input)) {
      taken.push(input.body.id)
      input = messageIn(world, 'x'.repeat(7_000))
    }
    expect(codeOf(answer.body)).toBe('storage_full')
    expect((await talkOf(app.base, world)).map(({ id }) => id)).toEqual(taken)
    const { changes } = await succeed(app.base, 'load', {}, world.other.token)
    expect(changes).toContainEqual(expect.objectContaining({ kind: 'message', id: taken.at(-1) }))
    const listener = await listen(app.base, world.other.token)
    listener.close()
  })
})

const mongod = orSkipLoudly(await findMongod())

/** What keeps every commit from succeeding, for as long as it is switched on. */
const TROUBLES = {
  'commits are done, but no majority confirms them': {
    failCommands: ['commitTransaction'],
    writeConcernError: { code: 64, codeName: 'WriteConcernFailed', errmsg: 'waiting timed out' },
  },
  'the connection breaks at every commit': { failCommands: ['commitTransaction'], closeConnection: true },
  'there is no primary to write to': {
    failCommands: ['insert', 'update', 'findAndModify', 'commitTransaction'],
    errorCode: 10107,
  },
}

describe.skipIf(!mongod)('MongoDB in trouble while the server runs', () => {
  let database: MongodProcess
  let admin: MongoClient
  let app: RunningApp
  let world: World
  let recipient: Listener
  beforeAll(async () => {
    const settings = ['--setParameter', 'enableTestCommands=1']
    database = await prepareMongod(mongod ?? '', { replicaSet: true }, settings)
    await database.start()
    await database.initiate()
    const url = `mongodb://${database.host}/parley?replicaSet=away`
    admin = new MongoClient(url)
    app = await startApp({ storage: await openMongoStorage({ url }) })
  }, 60_000)
  beforeEach(async () => {
    world = await makeWorld(app.base, 'Away', `${newId()}.example`)
    recipient = await listen(app.base, world.other.token)
  })
  afterEach(() => recipient.close())
  afterAll(async () => {
    await app.stop()
    await admin.close()
    await database.destroy()
  })

  const breakWith = (data: object | null) =>
    admin.db('admin').command({
      configureFailPoint: 'failCommand',
      mode: data ? 'alwaysOn' : 'off',
      data: { failCommands: [], ...data, appName: 'parley' },
    })

  /** What the recipient's connection was told of the talk. */
  const heard = (): Change[] =>
    recipient.heard
      .flatMap(({ name, payload }) => (name === signals.changes.name ? (payload as Change[]) : []))
      .filter(({ audience }) => audience === `conversation:${world.ids.conversation}`)
  const heardIds = () => heard().map(({ id }) => id)

  /** Y2, Y5: without asking, the recipient knows each message once, and no hole shows. */
  async function expectHeard(inputs: readonly SendInput[]): Promise<void> {
    const ids = inputs.map(({ body }) => body.id).sort()
    await expect.poll(() => heardIds().sort(), { timeout: 10_000 }).toEqual(ids)
    const seqs = heard().map(({ seq }) => seq)
    expect(
      heard()
        .slice(1)
        .map(({ prev }) => prev),
    ).toEqual(seqs.slice(0, -1))
    const talk = await talkOf(app.base, world)
    expect(talk.map(({ number }) => number)).toEqual(oneTo(inputs.length + 1))
  }
  const sendUntilTaken = (input: SendInput) =>
    expect
      .poll(async () => codeOf((await sendIn(app.base, world, input)).body), {
        timeout: 30_000,
        interval: 200,
      })
      .toBe('done')

  /** Sends while no majority confirms, until it is stored all the same: it is not where the server was writing something of its own just then. */
  async function storeUnknowingly(): Promise<SendInput> {
    const stored = admin.db('parley').collection<{ _id: string }>('messages')
    for (const attempt of oneTo(10)) {
      const message = messageIn(world, `stored ${attempt}`)
      await breakWith(TROUBLES['commits are done, but no majority confirms them'])
      const answer = await sendIn(app.base, world, message).finally(() => breakWith(null))
      expect(codeOf(answer.body)).toBe('storage_unavailable')
      if (await stored.findOne({ _id: `${world.ids.organisation}/${message.body.id}` })) return message
    }
    throw new Error('no message was stored')
  }

  test(
    'Y6: killed in mid-send, it is said as such; nothing is lost, and all is heard',
    { timeout: 90_000 },
    async () => {
      const inputs = oneTo(40).map((index) => messageIn(world, `message ${index}`))
      const refused: SendInput[] = []
      let taken = 0
      let killed: Promise<void> | undefined
      const waiting = [...inputs]
      const lane = async () => {
        for (let input = waiting.shift(); input; input = waiting.shift()) {
          const { status, body } = await sendIn(app.base, world, input)
          if (status === 200) taken += 1
          else refused.push(input)
          if (status !== 200) expect([status, codeOf(body)]).toEqual([503, 'storage_unavailable'])
          expect(JSON.stringify(body)).not.toMatch(/mongo|ECONN|127\.0\.0\.1/i)
          if (taken === 10) killed ??= database.kill()
        }
      }
      await Promise.all(oneTo(5).map(lane))
      await killed
      expect(taken).toBeGreaterThanOrEqual(10)
      expect(refused.length).toBeGreaterThan(0)
      expect(errorCodes.storage_unavailable.action).toBe('retry')

      await database.start()
      for (const input of refused) await sendUntilTaken(input)
      await expectHeard(inputs)
    },
  )

  test.for(Object.entries(TROUBLES))(
    'Y2, Y6: when %s for longer than anybody waits, all is heard in the end',
    { timeout: 60_000 },
    async ([, trouble]) => {
      const [before, meanwhile, after] = ['before', 'meanwhile', 'after'].map((text) =>
        messageIn(world, text),
      )
      if (!before || !meanwhile || !after) throw new Error('three messages')
      await sendUntilTaken(before)
      await breakWith(trouble)
      const answer = await sendIn(app.base, world, meanwhile).finally(() => breakWith(null))
      expect([answer.status, codeOf(answer.body)]).toEqual([503, 'storage_unavailable'])
      await sendUntilTaken(meanwhile)
      await expectHeard([before, meanwhile])
      await sendUntilTaken(after)
      await expectHeard([before, meanwhile, after])
    },
  )

  test(
    'Y1: a message that was stored without anybody knowing is heard, even if it is never sent again',
    { timeout: 60_000 },
    async () => {
      const message = await storeUnknowingly()
      await expectHeard([message])
    },
  )
})

test('A database that fails is said in the log, as fatal when nothing can be written any more', async () => {
  let tell: (fault: StorageFault) => void = () => {}
  const storage = openSqlite({ file: ':memory:' })
  storage.onFault = (listener) => void (tell = listener)
  const app = await startApp({ storage })
  const error = new DomainError('storage_unavailable', { cause: new Error('disk I/O error') })
  tell({ error, stopped: false })
  tell({ error, stopped: true })
  const lines = app.logged().trim().split('\n')
  expect(
    lines.filter((line) => line.includes('disk I/O error')).map((line) => /"level":"?(\w+)/.exec(line)?.[1]),
  ).toEqual(['error', 'fatal'])
  await app.stop()
})

describe('storage that cannot tell any more what was committed', () => {
  test('Y3: has the connections of that organisation come back and catch up, and no others', async () => {
    let tell: LateCommitListener = () => {}
    const storage = openSqlite({ file: ':memory:' })
    storage.onLateCommit = (listener: LateCommitListener) => void (tell = listener)
    const app = await startApp({ storage })
    const worlds = [await makeWorld(app.base, 'Here'), await makeWorld(app.base, 'Elsewhere')] as const
    const [here, elsewhere] = await Promise.all(worlds.map(({ other }) => listen(app.base, other.token)))
    if (!here || !elsewhere) throw new Error('two connections')
    tell(orgScope(worlds[0].organisationId), null)
    await expect.poll(() => here.socket.connected).toBe(false)
    expect(here.heard.map(({ name }) => name)).toEqual([signals.serverStopping.name])
    await elsewhere.caughtUp()
    expect(elsewhere.heard).toEqual([])
    elsewhere.close()
    await app.stop()
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
      const acknowledged: SendInput[] = []
      const unanswered: SendInput[] = []
      // Each sends until it is refused, so that some are taken and some are not, however fast the machine is.
      const lane = async () => {
        while (unanswered.length === 0) {
          const input = messageIn(world, `message ${acknowledged.length}`)
          const answer = await sendIn(base, world, input).catch(() => null)
          if (answer?.status !== 200) unanswered.push(input)
          else if (acknowledged.push(input) === 20) program.child.kill(signal)
        }
      }
      await Promise.all(oneTo(4).map(lane))
      expect(await program.ended).toBe(signal === 'SIGTERM' ? 0 : null)
      expect(acknowledged.length).toBeGreaterThanOrEqual(20)
      expect(unanswered.length).toBeGreaterThan(0)

      program = await start()
      const kept = (await talkOf(base, world)).map(({ id }) => id)
      for (const { body } of acknowledged) expect(kept.filter((id) => id === body.id)).toHaveLength(1)
      const inputs = [...acknowledged, ...unanswered]
      for (const input of inputs) expect((await sendIn(base, world, input)).status).toBe(200)
      const whole = await talkOf(base, world)
      expect(whole.map(({ number }) => number)).toEqual(oneTo(inputs.length + 1))
      expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length)
      program.child.kill('SIGTERM')
      await program.ended
      folder.remove()
    },
    60_000,
  )
})
