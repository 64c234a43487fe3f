import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runNpm } from './npm.mjs'
import { inRoot, root } from './root.mjs'
import { environmentWithNode24 } from './run.mjs'
import { Refusal, say } from './say.mjs'

/** What the web is made of. A change here, and nowhere else, makes it worth building again. */
const SOURCES = ['apps/web', 'packages/contracts', 'packages/client', 'packages/react', 'package-lock.json']
/** Made by the build itself, or of no effect on it. */
const LEFT_OUT = new Set(['node_modules', '.next', 'out', 'next-env.d.ts'])

const output = () => inRoot('apps', 'web', 'out')
const stampFile = () => path.join(output(), '.parley-build-stamp')

/**
 * The files under a path, in a fixed order, tests left out.
 * @param {string} place
 * @returns {string[]}
 */
function filesUnder(place) {
  const entries = readdirSync(place, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap((entry) => {
    if (LEFT_OUT.has(entry.name) || /\.test\.[cm]?tsx?$|\.tsbuildinfo$/.test(entry.name)) return []
    const file = path.join(place, entry.name)
    return entry.isDirectory() ? filesUnder(file) : [file]
  })
}

/**
 * A fingerprint of the contents, not of the dates: `git checkout` touches dates, and a few hundred small files take
 * milliseconds to read.
 * @param {string} folder
 * @param {string[]} sources
 */
export function fingerprint(folder = root, sources = SOURCES) {
  const hash = createHash('sha256')
  for (const source of sources) {
    const place = path.join(folder, source)
    if (!existsSync(place)) continue
    const files = source.endsWith('.json') ? [place] : filesUnder(place)
    for (const file of files)
      hash.update(path.relative(folder, file)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function isWebBuilt() {
  return existsSync(stampFile()) && readFileSync(stampFile(), 'utf8') === fingerprint()
}

/** Builds the web whatever the stamp says: the package's own `build` script, with Node 24 first on the PATH. */
export async function buildWeb() {
  const before = fingerprint()
  const env = { ...environmentWithNode24(), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  const code = await runNpm(['run', 'build', '--workspace', '@parley/web', '--silent'], { env })
  if (code !== 0) throw new Refusal('The web could not be built; the reason stands above.')
  // The fingerprint of what was built: an edit made meanwhile leads to another build, never to a stale one.
  writeFileSync(stampFile(), before)
}

export async function ensureWebBuilt() {
  if (isWebBuilt()) return
  say('Building the web (only when its sources changed; about a minute) ...')
  await buildWeb()
}
