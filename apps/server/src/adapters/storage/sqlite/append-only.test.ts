import { expect, test } from 'vitest'
import { noteActivity } from '../contract/activity.contract.ts'
import { makeOrganisation, write } from '../contract/contract-fixture.ts'
import { opened } from './sqlite-fixture.ts'

test('A11: the engine itself refuses to change or remove a line of the activity log', async () => {
  const storage = opened()
  const scope = await makeOrganisation(storage)
  const line = await write(storage, scope, (tx) => noteActivity(tx, scope, 'a'))
  for (const statement of [
    `UPDATE activity SET about = 'b'`,
    'DELETE FROM activity',
    'INSERT OR REPLACE INTO activity SELECT org, number, at, member, address, device, action, about, changes, previous, hash FROM activity',
  ]) {
    expect(() => storage.writer.exec(statement), statement).toThrow('append-only')
  }
  expect(await storage.read.activity.page(scope, 0, 10)).toEqual([line])
})
