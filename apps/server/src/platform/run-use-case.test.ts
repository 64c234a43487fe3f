import type { Change } from '@parley/contracts/sync/change'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../kernel/domain-error.ts'
import { newId } from '../kernel/ids.ts'
import { orgScope } from '../kernel/org-scope.ts'
import { createAdmission, createRunUseCase } from './run-use-case.ts'

const scope = orgScope(newId())
const changes: Change[] = [{ seq: 1, audience: 'org', prev: 0, kind: 'department', id: 'd', data: null }]

function running(maxInFlight = 2, delay = 0, behind = () => 0) {
  const dispatched: [number, string | undefined][] = []
  const admission = createAdmission({ maxInFlight, random: () => 0 })
  const run = createRunUseCase<null>({
    admission,
    dispatcher: { dispatch: (_scope, sent, origin) => void dispatched.push([sent.length, origin]), behind },
    transactions: {
      async run(_scope, work) {
        const result = await work(null)
        await new Promise((resolve) => setTimeout(resolve, delay))
        return { result, changes }
      },
    },
  })
  return { run, admission, dispatched }
}

describe('running a use case', () => {
  it('returns what it returned, and hands its changes on with where they came from', async () => {
    const { run, dispatched } = running()
    expect(await run(scope, async () => 'done', { origin: 'c1' })).toBe('done')
    expect(dispatched).toEqual([[1, 'c1']])
  })
  it('lets in only so many at once; the others are told to try again later, before anything is done', async () => {
    const { run, admission } = running(2, 5)
    let done = 0
    const work = async () => void (done += 1)
    const all = await Promise.allSettled([1, 2, 3].map(() => run(scope, work)))
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    expect((all[2] as PromiseRejectedResult).reason).toMatchObject({ code: 'overloaded', retryAfter: 1 })
    expect([done, admission.inFlight()]).toEqual([2, 0])
  })
  it('makes room again after a failure, and hands nothing on', async () => {
    const { run, admission, dispatched } = running(1)
    await expect(run(scope, async () => Promise.reject(new DomainError('not_found')))).rejects.toThrow()
    expect([admission.inFlight(), dispatched]).toEqual([0, []])
    await run(scope, async () => {})
  })
  it('lets nothing in while what was written is told late, since it would wait in memory without end', async () => {
    let late = 5_000
    const { run, admission } = running(2, 0, () => late)
    let done = 0
    const work = async () => void (done += 1)
    await expect(run(scope, work)).rejects.toMatchObject({ code: 'overloaded', retryAfter: 1 })
    late = 10
    await run(scope, work)
    expect([done, admission.inFlight()]).toEqual([1, 0])
  })
  it('lets nothing in once it is closed', async () => {
    const { run, admission } = running()
    admission.close()
    await expect(run(scope, async () => {})).rejects.toMatchObject({ code: 'shutting_down' })
  })
})
