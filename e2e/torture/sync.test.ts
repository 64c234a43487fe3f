import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Failure, liveHistories, replay } from './sync.ts'
import { type Office, openOffice } from './office.ts'

const HISTORIES = 120
const PER_TEST = 30

/** Histories that once failed, by what they found; those before them lived in the same organisation. They are lived through for ever. */
const once: readonly (readonly [firstSeed: number, histories: number, finding: string])[] = [
  [6, 3, 'the cursor moved past a lost change when a newer one of its audience was lost too'],
]

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.stop())

const told = (failures: readonly Failure[], firstSeed: number) =>
  failures.map(({ seed, message }) => `${replay(seed, firstSeed, 'sqlite')}\n${message}`).join('\n\n')

describe('Y5: after any history a client holds what one holds that has just loaded', () => {
  const firsts = Array.from({ length: HISTORIES / PER_TEST }, (_, index) => 1 + index * PER_TEST)
  test.each(firsts)(`seeds from %i on, ${PER_TEST} of them`, { timeout: 180_000 }, async (firstSeed) => {
    const failures = await liveHistories({ office, firstSeed, histories: PER_TEST, restarts: true })
    expect(told(failures, firstSeed)).toBe('')
  })

  test.each(once)(
    'seeds from %i on, %i of them, which once found: %s',
    { timeout: 60_000 },
    async (firstSeed, histories) => {
      const failures = await liveHistories({ office, firstSeed, histories, restarts: false })
      expect(told(failures, firstSeed)).toBe('')
    },
  )
})
