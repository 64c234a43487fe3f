import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { fold } from './fold.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function held(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

test(
  'Letters with thousands of marks on them are not remembered: nobody fills the memory of a server or a device with them',
  { timeout: 60_000 },
  () => {
    const piledUp = (index: number) => `${String.fromCodePoint(0x4e00 + index)}${'\u093e'.repeat(2_000)}`
    fold(piledUp(0))
    const before = held()
    for (let index = 1; index < 1_500; index += 1) fold(piledUp(index))
    expect((held() - before) / 1_000_000).toBeLessThan(4)
  },
)
