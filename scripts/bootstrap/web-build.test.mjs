import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fingerprint } from './web-build.mjs'

function workspace() {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-web-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const write = (/** @type {string} */ name, text = name) => {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
    return file
  }
  return { write, print: () => fingerprint(folder, ['apps/web', 'package-lock.json']) }
}

test('a changed, added or renamed source asks for another build', () => {
  const { write, print } = workspace()
  const prints = [print()]
  write('apps/web/app/page.tsx')
  prints.push(print())
  write('apps/web/app/page.tsx', 'changed')
  prints.push(print())
  write('package-lock.json', '{}')
  prints.push(print())
  expect(new Set(prints).size).toBe(4)
})

test('dates, tests and what the build itself writes do not', () => {
  const { write, print } = workspace()
  const page = write('apps/web/app/page.tsx')
  write('apps/web/.gitignore', 'next-env.d.ts\npublic/emoji/\n')
  const before = print()
  utimesSync(page, 0, 0)
  write('apps/web/app/page.test.tsx')
  write('apps/web/out/index.html')
  write('apps/web/.next/cache')
  write('apps/web/public/emoji/en.json')
  write('apps/web/next-env.d.ts')
  expect(print()).toBe(before)
})
