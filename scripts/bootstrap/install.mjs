import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runNpm } from './npm.mjs'
import { root } from './root.mjs'
import { Refusal, say } from './say.mjs'

const STAMP = '.parley-install-stamp'

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** @param {string} folder */
const lockHash = (folder) =>
  createHash('sha256')
    .update(readFileSync(path.join(folder, 'package-lock.json')))
    .digest('hex')

/** @param {string} folder */
const stampFile = (folder) => path.join(folder, 'node_modules', STAMP)

/** @param {string} folder */
function isStamped(folder) {
  const file = stampFile(folder)
  return existsSync(file) && readFileSync(file, 'utf8') === lockHash(folder)
}

/**
 * Whether npm's own record of node_modules holds all that the lockfile asks for, so that somebody who ran `npm install`
 * by hand is not made to wait for a second one. An install without dev dependencies is seen here as incomplete.
 * @param {string} folder
 */
export function isInstalled(folder = root) {
  const record = path.join(folder, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const present = readJson(record).packages ?? {}
  const wanted = Object.entries(readJson(path.join(folder, 'package-lock.json')).packages ?? {})
  return wanted.every(([place, want]) => {
    if (place === '' || want.optional || want.devOptional || want.peer) return true
    return present[place]?.version === want.version
  })
}

/** @param {string} folder */
const writeStamp = (folder) => writeFileSync(stampFile(folder), lockHash(folder))

/** Installs what the lockfile asks for, unless it is there already. Dev tools are included: the web is built with them. */
export async function ensureInstalled() {
  if (isStamped(root)) return
  if (isInstalled(root)) return writeStamp(root)
  say('Installing what Parley needs (once; about a minute) ...')
  // Explicit, because NODE_ENV=production would silently leave out what builds the web.
  const code = await runNpm([
    'ci',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
  if (code !== 0) {
    throw new Refusal(
      'The packages could not be installed; npm says why just above. Most often the network or a proxy is the cause: ' +
        'check that this machine reaches its npm registry (`npm ping`), then run the same command again. Nothing is lost.',
    )
  }
  writeStamp(root)
}
