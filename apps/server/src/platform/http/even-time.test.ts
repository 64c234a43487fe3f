import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inEvenTime } from './even-time.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const lasting = (milliseconds: number, run: () => string) =>
  new Promise<string>((resolve, reject) => {
    setTimeout(() => {
      try {
        resolve(run())
      } catch (error) {
        reject(error instanceof Error ? error : new Error('?'))
      }
    }, milliseconds)
  })

async function timeOf(milliseconds: number, run: () => string): Promise<[answer: string, time: number]> {
  const begun = performance.now()
  const answer = inEvenTime(100, () => lasting(milliseconds, run)).catch(String)
  await vi.runAllTimersAsync()
  return [await answer, performance.now() - begun]
}

const fail = () => {
  throw new Error('no')
}

test('A10: short work and longer work, answered or refused, take the same time', async () => {
  expect(await timeOf(3, () => 'yes')).toEqual(['yes', 100])
  expect(await timeOf(60, () => 'yes')).toEqual(['yes', 100])
  expect(await timeOf(60, fail)).toEqual(['Error: no', 100])
  expect(await timeOf(130, fail)).toEqual(['Error: no', 200])
})
