import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { findService } from './find.mjs'

const variable = 'PARLEY_TEST_OF_SERVICES'

/**
 * A folder with a program in it.
 * @param {string} name
 */
function program(name, script = '#!/bin/sh\nexit 0\n') {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-service-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, name)
  writeFileSync(file, script)
  chmodSync(file, 0o755)
  return { folder, file }
}

/** @param {(() => Promise<string | null>)[]} sources */
const find = (...sources) => findService({ label: 'Test', variable, programs: ['parley-service'], sources })

/** @param {Record<string, string>} given */
function environment(given) {
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
}

test('the environment variable comes first, then the PATH, then the sources in order', async () => {
  const [named, installed, fetched] = [program('named'), program('parley-service'), program('fetched')]
  expect(
    await find(
      async () => null,
      async () => fetched.file,
    ),
  ).toBe(fetched.file)
  environment({ PATH: `${installed.folder}:${process.env.PATH}` })
  expect(await find(async () => fetched.file)).toBe(installed.file)
  environment({ [variable]: named.file })
  expect(await find()).toBe(named.file)
})

test('a variable that names no program is an error, and `none` means that it was looked for already', async () => {
  environment({ [variable]: '/does/not/exist' })
  await expect(find()).rejects.toThrow(`${variable} names /does/not/exist`)
  environment({ [variable]: 'none' })
  expect(await find(async () => program('fetched').file)).toBeNull()
})

test('a program that does not start here, or a source that fails, gives way to the next source', async () => {
  const foreign = program('foreign', '#!/bin/sh\nexit 127\n')
  const fetched = program('fetched')
  const fails = () => Promise.reject(new Error('no network'))
  expect(
    await find(
      async () => foreign.file,
      fails,
      async () => fetched.file,
    ),
  ).toBe(fetched.file)
  expect(await find(async () => foreign.file, fails)).toBeNull()
})
