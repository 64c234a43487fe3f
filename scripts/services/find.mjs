import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { inRoot } from '../bootstrap/root.mjs'
import { say } from '../bootstrap/say.mjs'

/** Said by the test runner to the tests it starts: this service was looked for and is not to be had. */
export const NONE = 'none'

/** What was unpacked once is kept here, outside version control. */
export const cacheFolder = inRoot('.cache', 'services')

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Whether the program really starts here: a binary from elsewhere may miss a library of this machine.
 * @param {string} file
 */
export function starts(file) {
  try {
    execFileSync(file, ['--version'], { stdio: 'ignore', timeout: 20_000 })
    return true
  } catch {
    return false
  }
}

/** @param {string[]} names */
function onPath(names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isExecutable)
}

/**
 * Fills one folder of the cache in a single step, so that an interrupted or a second, simultaneous run never sees half.
 * @param {string} name
 * @param {(folder: string) => void | Promise<void>} fill
 */
export async function fillCache(name, fill) {
  const folder = path.join(cacheFolder, name)
  if (existsSync(folder)) return folder
  mkdirSync(cacheFolder, { recursive: true })
  const unfinished = mkdtempSync(`${folder}-unfinished-`)
  try {
    await fill(unfinished)
    if (!existsSync(folder)) renameSync(unfinished, folder)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  return folder
}

/**
 * @typedef {object} Service
 * @property {string} label what a person calls it
 * @property {string} variable the environment variable that names the program
 * @property {string[]} programs its names on the PATH
 * @property {(() => Promise<string | null>)[]} sources further places, tried in order
 */

/**
 * Finds a real service: environment variable, PATH, cache filled from packages, vendor's download.
 * @param {Service} service
 * @returns {Promise<string | null>} the program's path, or null when it cannot be had
 */
export async function findService({ label, variable, programs, sources }) {
  const given = process.env[variable]
  if (given === NONE) return null
  if (given) {
    if (isExecutable(given)) return given
    throw new Error(`${variable} names ${given}, which is not a program that can be run.`)
  }
  const installed = onPath(programs)
  if (installed && starts(installed)) return installed
  for (const source of sources) {
    try {
      const found = await source()
      if (found && starts(found)) return found
    } catch (error) {
      say(`${label}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
    }
  }
  return null
}
