import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runNpm } from './npm.mjs'
import { inRoot, root } from './root.mjs'
import { environmentWithNode24 } from './run.mjs'
import { Refusal, say } from './say.mjs'

/** What the web is made of. A change here, and nowhere else, makes it worth building again. */
const SOURCES = ['apps/web', 'packages/contracts', 'packages/client', 'packages/react', 'package-lock.json']
/** Made by a build, or of no effect on it. What a workspace's own .gitignore names is left out as well. */
const LEFT_OUT = ['node_modules', '.next', 'out']

const output = () => inRoot('apps', 'web', 'out')
/** Beside the export, not in it: everything in it is served. */
const stampFile = () => inRoot('.cache', 'web-build-stamp')

/**
 * The plain paths that a workspace's .gitignore names.
 * @param {string} workspace
 */
function generatedIn(workspace) {
  const file = path.join(workspace, '.gitignore')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  const names = [...LEFT_OUT, ...lines.map((line) => line.trim().replace(/^\/|\/$/g, '')).filter(Boolean)]
  return new Set(names.map((name) => path.join(workspace, name)))
}

/**
 * The files under a place, in a fixed order, tests left out.
 * @param {string} place
 * @param {Set<string>} leftOut
 * @returns {string[]}
 */
function filesUnder(place, leftOut) {
  const entries = readdirSync(place, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap((entry) => {
    const file = path.join(place, entry.name)
    if (leftOut.has(file) || /\.test\.[cm]?tsx?$|\.tsbuildinfo$/.test(entry.name)) return []
    return entry.isDirectory() ? filesUnder(file, leftOut) : [file]
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
    const files = source.endsWith('.json') ? [place] : filesUnder(place, generatedIn(place))
    for (const file of files)
      hash.update(path.relative(folder, file)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function isWebBuilt() {
  return (
    existsSync(output()) && existsSync(stampFile()) && readFileSync(stampFile(), 'utf8') === fingerprint()
  )
}

/** Builds the web whatever the stamp says: the package's own `build` script, with Node 24 first on the PATH. */
export async function buildWeb() {
  const before = fingerprint()
  const env = { ...environmentWithNode24(), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  const code = await runNpm(['run', 'build', '--workspace', '@parley/web', '--silent'], { env })
  if (code !== 0) throw new Refusal('The web could not be built; the reason stands above.')
  // The fingerprint of what was built: an edit made meanwhile leads to another build, never to a stale one.
  mkdirSync(path.dirname(stampFile()), { recursive: true })
  writeFileSync(stampFile(), before)
}

export async function ensureWebBuilt() {
  if (isWebBuilt()) return
  say('Building the web (only when its sources changed; about a minute) ...')
  await buildWeb()
}
