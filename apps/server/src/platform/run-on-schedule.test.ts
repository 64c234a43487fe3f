import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { createLog } from './log/create-log.ts'
import { runOnSchedule, type Job } from './run-on-schedule.ts'

const schedule = (jobs: readonly Job[]) => {
  const made = runOnSchedule(jobs, createLog('silent'))
  onTestFinished(() => made.close())
  return made
}

test('A job comes again, never twice at once, and once more when it is asked for meanwhile', async () => {
  let running = 0
  let most = 0
  let runs = 0
  const run = async () => {
    running += 1
    most = Math.max(most, running)
    await wait(20)
    running -= 1
    runs += 1
  }
  const { soon } = schedule([{ name: 'often', every: 60_000, run }])
  soon('often')
  soon('often')
  soon('often')
  await expect.poll(() => runs).toBe(2)
  await wait(60)
  expect({ runs, most }).toEqual({ runs: 2, most: 1 })
})

test('A job that fails comes again', async () => {
  let runs = 0
  const run = () => {
    runs += 1
    return Promise.reject(new Error('disk full'))
  }
  schedule([{ name: 'failing', every: 5, run }])
  await expect.poll(() => runs).toBeGreaterThan(2)
})

test('Closing waits for what is under way, tells it to end, and starts nothing more', async () => {
  let runs = 0
  let ended = false
  const run = async (isOver: () => boolean) => {
    runs += 1
    while (!isOver()) await wait(5)
    ended = true
  }
  const { soon, close } = schedule([{ name: 'long', every: 1, run }])
  soon('long')
  await expect.poll(() => runs).toBe(1)
  await close()
  expect(ended).toBe(true)
  soon('long')
  await wait(20)
  expect(runs).toBe(1)
})
