import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StartedStorage, startStorage } from './engine.ts'
import { killAgainAndAgain } from './kill.ts'
import { ServerProcess } from './server-process.ts'

const ROUNDS = 5
/** `scripts/services.mjs` has said aloud that there is none. */
const mongodIsMissing = process.env.PARLEY_TEST_MONGOD === 'none'

describe.each([
  ['sqlite', false],
  ['mongodb', mongodIsMissing],
] as const)('on %s', (name, missing) => {
  let storage: StartedStorage
  let server: ServerProcess
  beforeAll(async () => {
    if (missing) return
    storage = await startStorage(name)
    server = await ServerProcess.start({ storage: storage.address })
  }, 60_000)
  afterAll(async () => {
    if (missing) return
    await server.stop()
    await storage.stop()
  })

  test.skipIf(missing)(
    `T5, Y6: after ${ROUNDS} kills under load every confirmed message is there once, in order, and nobody sees a gap`,
    { timeout: 180_000 },
    async () => {
      const { faults, confirmed } = await killAgainAndAgain({ server, rounds: ROUNDS, seed: 1 })
      expect(faults.slice(0, 20)).toEqual([])
      expect(confirmed).toBeGreaterThan(100)
    },
  )
})
