import { expect, test } from 'vitest'
import { backOff } from './back-off.ts'
import { type Machine, type MachineEvent, type Phase, resting, step } from './connection-machine.ts'

const at = (phase: Phase, attempt = 0): Machine => ({ phase, attempt })
const effectsOf = (machine: Machine, event: MachineEvent) =>
  step(machine, event)[1].map((effect) => effect.do)
const phaseAfter = (machine: Machine, event: MachineEvent) => step(machine, event)[0].phase

test('Y3: connect, subscribe, wait for the acknowledgement, catch up, live: in this order and no other', () => {
  const order: [MachineEvent, Phase, string[]][] = [
    [{ type: 'begin' }, 'connecting', ['open']],
    [{ type: 'opened' }, 'subscribing', ['subscribe']],
    [{ type: 'subscribed' }, 'catching-up', ['catch-up']],
    [{ type: 'caught-up' }, 'live', []],
  ]
  let machine = resting
  for (const [event, phase, effects] of order) {
    for (const [other] of order) if (other !== event) expect(phaseAfter(machine, other)).toBe(machine.phase)
    expect(effectsOf(machine, event)).toEqual(effects)
    machine = step(machine, event)[0]
    expect(machine.phase).toBe(phase)
  }
})

test.each<[Phase, MachineEvent, Phase, string[]]>([
  ['connecting', { type: 'failed' }, 'waiting', ['close', 'wait']],
  ['subscribing', { type: 'failed' }, 'waiting', ['close', 'wait']],
  ['catching-up', { type: 'failed' }, 'waiting', ['close', 'wait']],
  ['live', { type: 'failed' }, 'waiting', ['close', 'wait']],
  ['waiting', { type: 'failed' }, 'waiting', []],
  ['resting', { type: 'failed' }, 'resting', []],
  ['waiting', { type: 'retry' }, 'connecting', ['stop-waiting', 'open']],
  ['live', { type: 'retry' }, 'live', []],
  ['connecting', { type: 'retry' }, 'connecting', []],
  ['resting', { type: 'retry' }, 'resting', []],
  ['live', { type: 'hole' }, 'catching-up', ['catch-up']],
  ['catching-up', { type: 'hole' }, 'catching-up', []],
  ['live', { type: 'network-lost' }, 'waiting', ['close', 'wait']],
  ['waiting', { type: 'network-lost' }, 'waiting', []],
  ['live', { type: 'end' }, 'resting', ['stop-waiting', 'close']],
  ['waiting', { type: 'end' }, 'resting', ['stop-waiting', 'close']],
  ['live', { type: 'refused-as-too-old' }, 'too-old', ['stop-waiting', 'close']],
  ['too-old', { type: 'retry' }, 'too-old', []],
  ['too-old', { type: 'begin' }, 'too-old', []],
  ['too-old', { type: 'end' }, 'too-old', []],
  ['live', { type: 'begin' }, 'live', []],
])('%s, %o -> %s, doing %o', (phase, event, next, effects) => {
  expect(phaseAfter(at(phase), event)).toBe(next)
  expect(effectsOf(at(phase), event)).toEqual(effects)
})

test('failures count up until the client is live', () => {
  const [waiting, effects] = step(at('connecting', 3), { type: 'failed', after: 500 })
  expect(waiting.attempt).toBe(4)
  expect(effects).toContainEqual({ do: 'wait', attempt: 3, after: 500 })
  expect(step(at('catching-up', 4), { type: 'caught-up' })[0].attempt).toBe(0)
})

test('waits double up to half a minute, and no two clients wait alike', () => {
  const longest = (attempt: number) => backOff(attempt, () => 0.999)
  expect([0, 1, 2, 3].map(longest)).toEqual([899, 1_698, 3_297, 6_494])
  expect(longest(50)).toBeLessThanOrEqual(30_100)
  expect(backOff(3, () => 0)).toBe(100)
  expect(backOff(0, () => 0, 4_000)).toBe(4_100)
})
