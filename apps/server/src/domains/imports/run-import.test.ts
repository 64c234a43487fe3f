import { afterEach, beforeEach, expect, test } from 'vitest'
import { aFile } from '../../adapters/storage/contract/files.contract.ts'
import { anImport } from '../../adapters/storage/contract/imports.contract.ts'
import type { StorageTx } from '../../adapters/storage/contract/storage.ts'
import type { Actor } from '../../kernel/actor.ts'
import { unused } from '../../testing/test-exchange.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import type { FileVault } from '../files/file-vault.ts'
import { createUploadLocks } from '../files/upload-locks.ts'
import { createGroup } from '../groups/create-group.ts'
import { setGroupAdmin } from '../groups/set-group-admin.ts'
import { deactivateMember } from '../members/switch-member.ts'
import { runImport, type RunImportDeps } from './run-import.ts'
import { TakenFiles } from './taken-files.ts'

const CHAT = Buffer.from(
  Array.from({ length: 120 }, (_, n) => `31.12.25, 21:41 - Nadia: line ${String(n)}`).join('\n'),
)

let office: TestOrganisation
let amina: Actor
let mei: Actor
let group: string
let importId: string

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  const given = { name: 'Harbour', description: '', memberIds: [mei.memberId] }
  group = (await office.run((tx) => createGroup(tx, amina, given, TEST_NOW))).id
  await office.run((tx) => setGroupAdmin(tx, amina, group, { memberId: mei.memberId, admin: true }, TEST_NOW))
  const file = aFile({ uploaderId: mei.memberId, size: CHAT.length, expiresAt: TEST_NOW * 2 })
  const record = anImport(group, mei.memberId, { fileId: file.id, startedAt: TEST_NOW })
  importId = record.id
  await office.run(async (tx) => {
    await tx.files.insert(office.scope, file)
    await tx.imports.insert(office.scope, record)
  })
})

afterEach(() => office.close())

/** Nothing of a chat without files is kept. */
const noVault: FileVault = {
  makeKey: unused,
  rewrap: unused,
  uploaded: unused,
  append: unused,
  put: unused,
  sync: unused,
  read: unused,
  readWhole: unused,
  remove: unused,
  room: unused,
}

/** Imports it; between the first two batches something happens. */
async function run(between: () => Promise<unknown>) {
  let pauses = 0
  async function* bytes(from: number, to: number) {
    yield CHAT.subarray(from, to)
  }
  const deps: RunImportDeps = {
    run: <T>(_scope: unknown, work: (tx: StorageTx) => Promise<T>) => office.run(work),
    read: office.storage.read,
    vault: { ...noVault, read: async (_file, _part, _size, from, to) => bytes(from, to) },
    media: { sniff: unused, preparePicture: unused, preparePoster: unused, countPages: unused },
    openArchive: unused,
    locks: createUploadLocks(),
    limits: { maxBytes: null, quotaBytes: null },
    clock: { now: () => TEST_NOW },
    taken: new TakenFiles(),
    pause: async () => {
      pauses += 1
      if (pauses === 1) await between()
    },
  }
  await runImport(deps, office.scope, importId, () => false)
  return office.storage.read.imports.get(office.scope, importId)
}

test('A chat comes in, batch after batch', async () => {
  expect(await run(() => Promise.resolve())).toMatchObject({ state: 'done', imported: 120 })
})

test('A2: whoever loses their access while it runs imports no further', async () => {
  const end = () => office.run((tx) => deactivateMember(tx, amina, mei.memberId, () => Promise.resolve()))
  expect(await run(end)).toMatchObject({ state: 'failed', failure: 'forbidden', imported: 50 })
})

test('A2: whoever is an admin of the group no more while it runs imports no further', async () => {
  const end = () =>
    office.run((tx) => setGroupAdmin(tx, amina, group, { memberId: mei.memberId, admin: false }, TEST_NOW))
  expect(await run(end)).toMatchObject({ state: 'failed', failure: 'forbidden', imported: 50 })
})
