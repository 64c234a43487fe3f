import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { EncodedJson } from '../../../kernel/long-reads.ts'
import { makeMember, makeOrganisation, write } from '../contract/contract-fixture.ts'
import type { ReadThread } from './read-thread.ts'
import { opened } from './sqlite-fixture.ts'

const program = new URL('./trial-worker.ts', import.meta.url)

function started(more: { waitingMax?: number; restsAfter?: number } = {}) {
  const crashes: unknown[] = []
  const onCrash = (error: unknown) => void crashes.push(error)
  const storage = opened({
    readThread: { program, onCrash, ...more },
  })
  const thread = storage.readsElsewhere as ReadThread
  const ask = async (name: string, input: unknown = null) => said(await thread.answer(name, input, null))
  return { storage, thread, ask, crashes }
}

const said = ({ bytes }: EncodedJson): unknown => JSON.parse(new TextDecoder().decode(bytes))

/** For a read that holds the thread until `open` is called, and may say that it has come so far. */
function gate() {
  const state = new Int32Array(new SharedArrayBuffer(8))
  const open = () => {
    Atomics.store(state, 0, 1)
    Atomics.notify(state, 0)
  }
  const reached = async () => {
    while (Atomics.load(state, 1) === 0) await sleep(1)
  }
  return { state, open, reached }
}

test('T6: a long read sees what was acknowledged before it was asked for, each time', async () => {
  const { storage, thread, ask } = started()
  const scope = await makeOrganisation(storage)
  for (let round = 1; round <= 20; round += 1) {
    await write(storage, scope, (tx) => tx.organisations.update(scope, { name: `Round ${String(round)}` }))
    expect(await ask('organisation', scope)).toMatchObject({ name: `Round ${String(round)}` })
  }
  expect(thread.answered).toBe(20)
})

test('T6: a long read sees one moment, whatever is committed meanwhile', async () => {
  const { storage, ask } = started()
  const scope = await makeOrganisation(storage)
  const { id } = await makeMember(storage, scope)
  const { state, open, reached } = gate()
  const reading = ask('twice', { scope, gate: state })
  await reached()
  await write(storage, scope, (tx) => tx.members.setLastSeen(scope, new Map([[id, 5]])))
  open()
  expect(await reading).toEqual({ before: 1, seen: [[]] })
  expect(await ask('twice', { scope, gate: state })).toEqual({ before: 1, seen: [[5]] })
})

test('T6: refusals keep their code, fields and time; mistakes keep their message', async () => {
  const { ask, crashes } = started()
  const refusal = { name: 'DomainError', code: 'invalid_input', fields: { name: 'Too long.' }, retryAfter: 3 }
  await expect(ask('refuse')).rejects.toMatchObject(refusal)
  await expect(ask('break')).rejects.toThrow('a mistake of ours')
  await expect(ask('nothing')).rejects.toThrow('there is no long read nothing')
  expect(crashes).toEqual([])
})

test('T6: a thread that is lost costs only the read it was at; it is reported and started again', async () => {
  const { storage, ask, crashes } = started()
  const scope = await makeOrganisation(storage)
  const lost = ask('crash')
  const waiting = ask('organisation', scope)
  await expect(lost).rejects.toMatchObject({ code: 'storage_unavailable' })
  expect(await waiting).toMatchObject({ id: scope })
  expect(crashes.map(String)).toEqual(['Error: the thread is lost'])
})

test('T6: reads beyond the bound are turned away politely, and the writing goes on meanwhile', async () => {
  const { storage, ask } = started({ waitingMax: 1 })
  const { state, open } = gate()
  const held = ask('hold', state)
  const scope = await makeOrganisation(storage)
  const waiting = ask('organisation', scope)
  await expect(ask('organisation', scope)).rejects.toMatchObject({ code: 'overloaded', retryAfter: 2 })
  await makeMember(storage, scope)
  open()
  expect(await held).toBe('went on')
  expect(await waiting).toMatchObject({ id: scope })
})

test('T6: a thread that nobody asks for long ends, and another answers the next question', async () => {
  const { storage, thread, ask, crashes } = started({ restsAfter: 30 })
  const scope = await makeOrganisation(storage)
  expect(thread.started).toBe(0)
  await ask('organisation', scope)
  await ask('organisation', scope)
  expect(thread.started).toBe(1)
  await sleep(200)
  expect(await ask('organisation', scope)).toMatchObject({ id: scope })
  expect(thread.started).toBe(2)
  expect(crashes).toEqual([])
})

test('T6: closing lets the read under way end, refuses those that wait, and ends the thread', async () => {
  const { storage, thread, ask, crashes } = started()
  const { state, open } = gate()
  const held = ask('hold', state)
  const waiting = ask('organisation', 'x')
  const refused = expect(waiting).rejects.toMatchObject({ code: 'shutting_down' })
  const closing = storage.close()
  await sleep(20)
  open()
  expect(await held).toBe('went on')
  await refused
  await closing
  await expect(thread.answer('organisation', 'x', null)).rejects.toMatchObject({ code: 'shutting_down' })
  expect(crashes).toEqual([])
})
