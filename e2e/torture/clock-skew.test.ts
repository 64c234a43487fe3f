import { afterAll, beforeAll, expect, test } from 'vitest'
import { chanceFrom } from './chance.ts'
import { Device } from './device.ts'
import { Caller, join, signUp } from './installation.ts'
import { backfill } from './local-state.ts'
import { ServerProcess } from './server-process.ts'
import { until } from './wait.ts'

const DAY = 24 * 60 * 60 * 1_000
const A_MOMENT = 10_000

let server: ServerProcess
beforeAll(async () => {
  server = await ServerProcess.start()
})
afterAll(() => server.stop())

test.each([
  ['ahead', DAY],
  ['behind', -DAY],
])(
  'Y7: with a clock a day %s messages go out, in order, and show the time of the server',
  async (_how, clockIsOff) => {
    const admin = await signUp(server.base, 'Clocks')
    const root = new Caller(server.base).as(admin)
    const session = await join(server.base, root, {
      name: 'Cleo',
      email: 'cleo@torture.example',
      role: 'member',
    })
    const device = await Device.signedIn(server.base, chanceFrom(1), session, { clockIsOff })
    const { client } = device
    await until(
      () => client.connection() === 'live',
      A_MOMENT,
      () => `the client is ${client.connection()}`,
    )
    expect(Math.abs(client.now() - Date.now())).toBeLessThan(A_MOMENT)

    const conversationId = await client.startDirect(admin.memberId)
    device.network.down()
    for (const text of ['one', 'two', 'three']) await client.send(conversationId, text)
    const queued = client.conversation(conversationId)?.messages ?? []
    for (const { sentAt } of queued) expect(Math.abs(sentAt - Date.now())).toBeLessThan(A_MOMENT)
    device.network.up()
    await until(
      () => client.waiting() === 0,
      A_MOMENT,
      () => `${client.waiting()} messages wait`,
    )
    await client.settled()
    await backfill(client) // the conversation was new, and came with its newest message alone
    const sent = client.conversation(conversationId)?.messages ?? []
    expect(sent.map(({ number, text }) => [number, text])).toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, 'three'],
    ])
    for (const { sentAt } of sent) expect(Math.abs(sentAt - Date.now())).toBeLessThan(A_MOMENT)

    await device.restart()
    await until(
      () => device.client.connection() === 'live',
      A_MOMENT,
      () => 'the client does not come back',
    )
    expect(device.client.session().state).toBe('signed-in')
    await device.close()
  },
)
