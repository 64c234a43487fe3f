import { Linter } from 'eslint'
import { expect, test } from 'vitest'
import { parley } from './eslint-rules.mjs'

const linter = new Linter({ cwd: '/repository' })

/** @param {string} filename @param {string} code */
const complaints = (filename, code = 'export const it = 1') =>
  linter
    .verify(
      code,
      { plugins: { parley }, rules: { 'parley/meaningful-folders': 2, 'parley/no-barrels': 2 } },
      `/repository/${filename}`,
    )
    .map(({ message }) => message)

test('a folder that says nothing about its contents is refused, wherever the repository lies', () => {
  expect(complaints('apps/server/src/utils/clock.js')).toEqual([
    'Name the folder "utils" after what is in it.',
  ])
  expect(complaints('apps/server/src/kernel/clock.js')).toEqual([])
  expect(complaints('apps/server/src/kernel/lib.js')).toEqual([])
})

test('a file that only hands on exports is a barrel', () => {
  expect(
    complaints('messages/all.js', "export { a } from './a.js'\nexport { b } from './b.js'"),
  ).toHaveLength(1)
  expect(complaints('messages/a.js', "export * from './b.js'\nexport const a = 1")).toHaveLength(1)
  expect(complaints('messages/index.js', "export { a } from './a.js'\nexport const b = 1")).toHaveLength(1)
  expect(complaints('messages/a.js', "import { b } from './b.js'\nexport const a = b")).toEqual([])
})
