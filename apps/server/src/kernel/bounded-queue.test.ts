import { expect, test } from 'vitest'
import { createBoundedQueue } from './bounded-queue.ts'

function held() {
  let release = () => {}
  const promise = new Promise<void>((resolve) => (release = resolve))
  return { promise, release: () => release() }
}

test('a few run at a time, the others in their order', async () => {
  const queue = createBoundedQueue(2, 10)
  const gates = [held(), held(), held()]
  const begun: number[] = []
  const all = gates.map((gate, index) =>
    queue(async () => {
      begun.push(index)
      await gate.promise
    }),
  )
  await Promise.resolve()
  expect(begun).toEqual([0, 1])
  gates[1]?.release()
  await all[1]
  await Promise.resolve()
  expect(begun).toEqual([0, 1, 2])
  for (const gate of gates) gate.release()
  await Promise.all(all)
})

test('beyond its bound it turns work away, and a failure frees the place', async () => {
  const queue = createBoundedQueue(1, 1)
  const gate = held()
  const first = queue(() => gate.promise)
  const second = queue(() => Promise.reject(new Error('no')))
  await expect(queue(() => Promise.resolve())).rejects.toMatchObject({ code: 'overloaded' })
  gate.release()
  await first
  await expect(second).rejects.toThrow('no')
  expect(await queue(() => Promise.resolve('again'))).toBe('again')
})
