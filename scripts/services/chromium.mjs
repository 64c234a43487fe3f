import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { say } from '../bootstrap/say.mjs'
import { cacheFolder, fillCache, findService, starts } from './find.mjs'
import { fromWorkspace, resolveIn } from './from-workspace.mjs'

/**
 * What our journeys need beside Playwright's own arguments. The arguments that `@sparticuz/chromium` proposes are made
 * for cloud functions: they switch web security off and put all pages into one process, so they are never used.
 */
export const chromiumArguments = [
  '--no-sandbox', // containers and root have no user namespaces
  '--disable-gpu',
  '--disable-dev-shm-usage', // containers have a small /dev/shm, and pages die when it is full
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--font-render-hinting=none', // the same text widths on every machine
]

/**
 * A launcher beside the unpacked program. A bare machine has neither NSS nor fonts; both are in the package, and are
 * used only where the machine has none of its own.
 * @param {string} folder
 * @param {boolean} withLibraries
 */
function writeLauncher(folder, withLibraries) {
  const lines = [
    '#!/bin/sh',
    'here=${0%/*}', // we call it by its full path
    ...(withLibraries
      ? ['export LD_LIBRARY_PATH="$here/al2023/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"']
      : []),
    'export FONTCONFIG_FILE="$here/fonts.conf"',
    'exec "$here/chromium" "$@"',
  ]
  const launcher = path.join(folder, 'launch-chromium')
  writeFileSync(launcher, `${lines.join('\n')}\n`, { mode: 0o755 })
  return launcher
}

const fontsConfig = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`

/** Unpacks the program with the package's own code, which writes to the folder for temporary files. */
const UNPACK = `
  const { default: chromium, inflate } = await import(process.argv[1])
  await chromium.executablePath()
  await inflate(process.argv[2] + '/al2023.tar.br')
`

async function fromPackage() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const entry = resolveIn('e2e', '@sparticuz/chromium')
  const home = path.join(path.dirname(entry), '..')
  const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'))
  const folder = await fillCache(`chromium-${version}`, (into) => {
    say('Unpacking Chromium (once, for the tests) ...')
    const env = { ...process.env, TMPDIR: into }
    execFileSync(process.execPath, ['--input-type=module', '-e', UNPACK, entry, path.join(home, 'bin')], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    writeFileSync(path.join(into, 'fonts.conf'), fontsConfig)
    if (!starts(writeLauncher(into, false))) writeLauncher(into, true)
  })
  return path.join(folder, 'launch-chromium')
}

async function fromVendor() {
  say('Fetching Chromium from its vendor (once, for the tests) ...')
  const env = { ...process.env, PLAYWRIGHT_BROWSERS_PATH: path.join(cacheFolder, 'playwright') }
  const cli = path.join(path.dirname(resolveIn('e2e', '@playwright/test/package.json')), 'cli.js')
  execFileSync(process.execPath, [cli, 'install', 'chromium', '--only-shell'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  process.env.PLAYWRIGHT_BROWSERS_PATH = env.PLAYWRIGHT_BROWSERS_PATH
  const { chromium } = await fromWorkspace('e2e', '@playwright/test')
  return chromium.executablePath()
}

/** The path of a Chromium that Playwright can drive, or null when none can be had. */
export const findChromium = () =>
  findService({
    label: 'Chromium',
    variable: 'PARLEY_TEST_CHROMIUM',
    programs: ['chromium', 'chromium-browser', 'google-chrome'],
    sources: [fromPackage, fromVendor],
  })
