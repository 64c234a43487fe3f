// Long reads for the tests of the read thread: short ones, and some that go wrong.
import { DomainError } from '../../../kernel/domain-error.ts'
import { EncodedJson, type LongRead } from '../../../kernel/long-reads.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { StorageReader } from '../contract/storage.ts'
import { serveReads } from './serve-reads.ts'

const reads: Readonly<Record<string, LongRead>> = {
  organisation: (read: StorageReader, scope: OrgScope) => read.organisations.get(scope),
  /** Reads, says so, and reads again when it is told to. */
  twice: async (read: StorageReader, { scope, gate }: { scope: OrgScope; gate: Int32Array }) => {
    const before = await read.members.list(scope)
    Atomics.store(gate, 1, 1)
    Atomics.wait(gate, 0, 0)
    const after = await Promise.all(before.map(({ id }) => read.members.lastSeen(scope, [id])))
    return { before: before.length, seen: after.map((one) => [...one.values()]) }
  },
  /** Holds the thread until it is told to go on. */
  hold: async (_read: StorageReader, gate: Int32Array) => {
    Atomics.wait(gate, 0, 0)
    return 'went on'
  },
  refuse: () =>
    Promise.reject(new DomainError('invalid_input', { fields: { name: 'Too long.' }, retryAfter: 3 })),
  break: () => Promise.reject(new TypeError('a mistake of ours')),
  crash: () => {
    process.nextTick(() => {
      throw new Error('the thread is lost')
    })
    return new Promise(() => undefined)
  },
}

serveReads(reads, (answer) => new EncodedJson(new TextEncoder().encode(JSON.stringify(answer)), null))
