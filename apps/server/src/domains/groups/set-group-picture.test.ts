import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { createGroup } from './create-group.ts'
import { setGroupPicture } from './set-group-picture.ts'

let office: TestOrganisation
let mei: Actor
let luca: Actor
let id: string

beforeEach(async () => {
  office = await openTestOrganisation()
  mei = await office.join('Mei')
  luca = await office.join('Luca')
  const given = { name: 'Harbour', description: '', memberIds: [luca.memberId] }
  id = (await office.run((tx) => createGroup(tx, mei, given, TEST_NOW))).id
})

afterEach(() => office.close())

const set = (actor: Actor, bytes: Uint8Array | null) =>
  office.run((tx) => setGroupPicture(tx, actor, id, bytes, TEST_NOW))
const lines = async () => {
  const page = await office.storage.read.messages.page(office.scope, id, { limit: 10 })
  return page.map(({ notice }) => notice?.what)
}

test('group admins set and remove its picture, each with a line in the chat; the same one again is none', async () => {
  const { group } = await set(mei, new Uint8Array([1, 2, 3]))
  const version = group?.pictureVersion ?? ''
  expect(version).toMatch(/^[0-9a-f]{16}$/)
  const picture = () => office.storage.read.conversations.picture(office.scope, id, version)
  expect([...((await picture()) ?? [])]).toEqual([1, 2, 3])
  await set(mei, new Uint8Array([1, 2, 3]))
  expect(await lines()).toEqual(['created', 'pictured'])
  expect((await set(mei, null)).group?.pictureVersion).toBeNull()
  expect(await picture()).toBeNull()
  expect(await lines()).toEqual(['created', 'pictured', 'pictured'])
})

test('nobody else sets it', async () => {
  await expect(set(luca, new Uint8Array([1]))).rejects.toMatchObject({ code: 'forbidden' })
  expect(await lines()).toEqual(['created'])
})
