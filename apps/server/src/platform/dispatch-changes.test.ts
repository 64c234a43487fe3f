import type { Change } from '@parley/contracts/sync/change'
import { describe, expect, it } from 'vitest'
import { newId } from '../kernel/ids.ts'
import { orgScope } from '../kernel/org-scope.ts'
import { createDispatcher, type ResolveAudience } from './dispatch-changes.ts'
import { recordedLog } from './testing/platform-fixture.ts'

const scope = orgScope(newId())

const change = (seq: number, audience = 'org'): Change => ({
  seq,
  audience,
  prev: 0,
  kind: 'department',
  id: `d${seq}`,
  data: null,
})

function dispatching(resolveAudience: ResolveAudience = () => ['ana', 'bo']) {
  const frames: string[] = []
  const { log, logged } = recordedLog()
  const dispatcher = createDispatcher({
    resolveAudience,
    log,
    broadcast: (members, changes, except) => {
      frames.push(
        `${members.join('+')}: ${changes.map(({ seq }) => seq).join(' ')}${except ? ` not ${except}` : ''}`,
      )
    },
  })
  return { dispatcher, frames, logged }
}

describe('dispatching changes', () => {
  it('sends neighbours of one audience as one frame, and keeps the order of seq', async () => {
    const { dispatcher, frames } = dispatching((_scope, audience) => [audience])
    dispatcher.dispatch(scope, [change(1), change(2), change(3, 'admins'), change(4)])
    await dispatcher.settled()
    expect(frames).toEqual(['org: 1 2', 'admins: 3', 'org: 4'])
  })
  it('asks for each message who may see it, and for what is about none who sees all of the audience (Y9)', async () => {
    const { dispatcher, frames } = dispatching((_scope, _audience, _seq, number) => [String(number)])
    const about = (seq: number, number: number): Change => ({
      ...change(seq),
      kind: 'reaction',
      data: { conversationId: 'c1', messageId: `m${number}`, number, memberId: 'ana', emojis: [], at: 0 },
    })
    dispatcher.dispatch(scope, [change(1), about(2, 7), about(3, 7), change(4), change(5), about(6, 8)])
    await dispatcher.settled()
    expect(frames).toEqual(['undefined: 1', '7: 2 3', 'undefined: 4 5', '8: 6'])
  })
  it('leaves out, for who hears it by the acknowledgement, the first change and nothing else', async () => {
    const { dispatcher, frames } = dispatching()
    dispatcher.dispatch(scope, [change(1), change(2), change(3, 'admins')], 'c1')
    dispatcher.dispatch(scope, [change(4)], 'c1')
    await dispatcher.settled()
    expect(frames).toEqual(['ana+bo: 1 not c1', 'ana+bo: 2', 'ana+bo: 3', 'ana+bo: 4 not c1'])
  })
  it('lets the acknowledgements of a commit leave first', async () => {
    const { dispatcher, frames } = dispatching()
    dispatcher.dispatch(scope, [change(1)])
    await Promise.resolve().then(() => frames.push('acknowledged'))
    await dispatcher.settled()
    expect(frames).toEqual(['acknowledged', 'ana+bo: 1'])
  })
  it('lets the acknowledgements of later commits leave first too, while an earlier one is still being sent', async () => {
    const { dispatcher, frames } = dispatching(async () => {
      if (frames.length === 0) {
        dispatcher.dispatch(scope, [change(2)])
        void Promise.resolve()
          .then(() => {})
          .then(() => {})
          .then(() => frames.push('acknowledged 2'))
      }
      return ['ana']
    })
    dispatcher.dispatch(scope, [change(1)])
    await dispatcher.settled()
    expect(frames.indexOf('acknowledged 2')).toBeLessThan(frames.indexOf('ana: 2'))
    expect(frames.indexOf('ana: 1')).toBeLessThan(frames.indexOf('ana: 2'))
  })
  it('tells a large audience over several turns of the event loop, each member once and in order', async () => {
    const everybody = Array.from({ length: 240 }, (_, index) => `m${String(index)}`)
    const { dispatcher, frames } = dispatching(() => everybody)
    dispatcher.dispatch(scope, [change(1)])
    dispatcher.dispatch(scope, [change(2)])
    let turns = 0
    const count = () => {
      turns += 1
      if (frames.length < 6 && turns < 1_000) setImmediate(count)
    }
    setImmediate(count)
    await dispatcher.settled()
    expect(turns).toBeGreaterThanOrEqual(4)
    const told = frames.map((frame) => frame.split(': '))
    for (const seq of ['1', '2'])
      expect(told.flatMap(([members = '', of]) => (of === seq ? members.split('+') : []))).toEqual(everybody)
    expect(told.map(([, of]) => of)).toEqual(['1', '1', '1', '2', '2', '2'])
  })
  it('keeps the order of an organisation when finding the audience takes unequal time', async () => {
    const { dispatcher, frames } = dispatching(async (_scope, audience) => {
      await new Promise((resolve) => setTimeout(resolve, audience === 'org' ? 20 : 0))
      return [audience]
    })
    dispatcher.dispatch(scope, [change(1)])
    dispatcher.dispatch(scope, [change(2, 'admins')])
    await new Promise((resolve) => setTimeout(resolve, 5))
    dispatcher.dispatch(scope, [change(3, 'admins')])
    await dispatcher.settled()
    expect(frames).toEqual(['org: 1', 'admins: 2', 'admins: 3'])
  })
  it('says for how long what is told next has waited, each organisation for itself', async () => {
    const other = orgScope(newId())
    const { dispatcher } = dispatching(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return ['ana']
    })
    expect(dispatcher.behind(scope)).toBe(0)
    dispatcher.dispatch(scope, [change(1)])
    dispatcher.dispatch(scope, [change(2)])
    await new Promise((resolve) => setTimeout(resolve, 25))
    expect(dispatcher.behind(scope)).toBeGreaterThan(10)
    expect(dispatcher.behind(other)).toBe(0)
    await dispatcher.settled()
    expect(dispatcher.behind(scope)).toBe(0)
  })
  it('tells more of small audiences in a turn than their members would make', async () => {
    const { dispatcher, frames } = dispatching()
    for (let seq = 1; seq <= 300; seq += 1) dispatcher.dispatch(scope, [change(seq)])
    await new Promise((resolve) => setImmediate(resolve))
    expect(frames).toHaveLength(100)
    await dispatcher.settled()
    expect(frames).toHaveLength(300)
  })
  it('does not let one organisation wait for another', async () => {
    const other = orgScope(newId())
    const { dispatcher, frames } = dispatching(async (asked) => {
      if (asked === scope) await new Promise((resolve) => setTimeout(resolve, 20))
      return [asked === scope ? 'slow' : 'fast']
    })
    dispatcher.dispatch(scope, [change(1)])
    dispatcher.dispatch(other, [change(1)])
    await dispatcher.settled()
    expect(frames).toEqual(['fast: 1', 'slow: 1'])
  })
  it('Y9: asks who may see a change when it is sent, after listeners have heard of it', async () => {
    let members = ['ana', 'bo']
    const { dispatcher, frames } = dispatching(() => members)
    dispatcher.onChanges(() => (members = ['ana']))
    dispatcher.dispatch(scope, [change(1)])
    await dispatcher.settled()
    expect(frames).toEqual(['ana: 1'])
  })
  it('goes on after a listener, an audience or a frame has failed, and says so in the log', async () => {
    let fail = true
    const { dispatcher, frames, logged } = dispatching(() => {
      if (fail) throw new Error('storage is away')
      return ['ana']
    })
    dispatcher.onChanges(() => {
      throw new Error('a bad listener')
    })
    dispatcher.dispatch(scope, [change(1)])
    await dispatcher.settled()
    fail = false
    dispatcher.dispatch(scope, [change(2)])
    await dispatcher.settled()
    expect(frames).toEqual(['ana: 2'])
    expect(logged()).toContain('changes could not be dispatched')
    expect(logged()).toContain('a listener to changes failed')
  })
})
