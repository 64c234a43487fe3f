import { expect, test } from 'vitest'
import { heirOf } from './heir.ts'

const group = { memberIds: ['a', 'b', 'c', 'd'], adminIds: ['a'] }
const active =
  (...ids: string[]) =>
  (id: string) =>
    ids.includes(id)

test('the last admin with access hands over to who has been in the group longest and has access', () => {
  expect(heirOf(group, 'a', active('b', 'c', 'd'))).toBe('b')
  expect(heirOf(group, 'a', active('c', 'd')), 'who has no access is passed over').toBe('c')
  expect(heirOf(group, 'a', active()), 'unless nobody has').toBe('b')
})

test('nobody inherits where an admin with access stays, where it was no admin, and where nobody is left', () => {
  expect(heirOf({ ...group, adminIds: ['a', 'c'] }, 'a', active('b', 'c'))).toBeNull()
  expect(heirOf({ ...group, adminIds: ['a', 'c'] }, 'a', active('b')), 'c has no access').toBe('b')
  expect(heirOf(group, 'b', active('a', 'c'))).toBeNull()
  expect(heirOf({ memberIds: ['a'], adminIds: ['a'] }, 'a', active('a'))).toBeNull()
})
