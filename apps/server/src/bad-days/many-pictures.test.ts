import { routes } from '@parley/contracts/routes'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { call, PNG } from '../tenant-wall/call.ts'
import { type RunningApp, startApp } from '../tenant-wall/running-app.ts'
import { announceFile, sendBytes } from '../tenant-wall/sample-files.ts'
import { makeWorld, type Person, type World } from '../tenant-wall/world.ts'

let app: RunningApp
let harbour: World
let orchard: World
beforeAll(async () => {
  app = await startApp()
  harbour = await makeWorld(app.base, 'Harbour')
  orchard = await makeWorld(app.base, 'Orchard')
})
afterAll(() => app.stop())

async function upload({ token }: Person, bytes: Uint8Array): Promise<string> {
  const id = await announceFile(app.base, token, { bytes, name: 'pier.png', kind: 'picture' })
  expect((await sendBytes(app.base, token, id, bytes)).status).toBe(204)
  return id
}

test(
  'Who sends many pictures that take long waits behind themselves: neither colleagues nor other organisations do',
  { timeout: 60_000 },
  async () => {
    const create = { width: 1_500, height: 1_500, channels: 3, background: '#0d7a6e' } as const
    const large = await sharp({ create }).png().toBuffer()
    const { spare, other } = harbour
    const many: string[] = []
    while (many.length < 6) many.push(await upload(spare, large))
    const theirs = await upload(other, PNG)
    const elsewhere = await upload(orchard.spare, PNG)
    const finished: string[] = []
    const finish = async (who: string, { token }: Person, id: string) => {
      const { status } = await call(app.base, routes.finishFile, { params: { fileId: id }, body: {} }, token)
      expect(status).toBe(200)
      finished.push(who)
    }
    const asked = many.map((id) => finish('many', spare, id))
    await Promise.all([
      ...asked,
      finish('colleague', other, theirs),
      finish('stranger', orchard.spare, elsewhere),
    ])
    expect(finished).toHaveLength(8)
    for (const who of ['colleague', 'stranger']) expect([who, finished.indexOf(who) < 4]).toEqual([who, true])
  },
)
