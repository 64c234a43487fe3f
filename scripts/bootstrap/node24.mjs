import { existsSync } from 'node:fs'
import path from 'node:path'
import { inRoot } from './root.mjs'
import { Refusal } from './say.mjs'

/** The server runs TypeScript natively and uses node:sqlite; both need this version. */
const NEEDED = 24
/** What these scripts themselves need. */
const BOOTSTRAP = 20

/** @param {string} version for example 20.11.1 */
const majorOf = (version) => Number(version.replace(/^v/, '').split('.')[0])

/** Refuses a Node that is too old for the bootstrap scripts, in words that tell what to do. */
export function requireBootstrapNode(version = process.versions.node) {
  if (majorOf(version) >= BOOTSTRAP) return
  throw new Refusal(
    `Parley needs Node.js ${BOOTSTRAP} or newer; this is ${version}. Install a newer Node.js and try again.`,
  )
}

/**
 * Finds a Node that can run the product: the running one, or the one that npm installed beside us.
 * @param {{ version?: string, execPath?: string, platform?: string, arch?: string, modules?: string }} [given]
 * @returns {string | null}
 */
export function findNode24({
  version = process.versions.node,
  execPath = process.execPath,
  platform = process.platform,
  arch = process.arch,
  modules = inRoot('node_modules'),
} = {}) {
  if (majorOf(version) >= NEEDED) return execPath
  const system = platform === 'win32' ? 'win' : platform
  const binary = platform === 'win32' ? 'node.exe' : 'node'
  const candidates = [`node-${system}-${arch}`, `node-bin-${system}-${arch}`]
  return (
    candidates.map((name) => path.join(modules, name, 'bin', binary)).find((file) => existsSync(file)) ?? null
  )
}

/** The path of a Node that can run the product, or a refusal that says how to get one. */
export function requireNode24() {
  const found = findNode24()
  if (found) return found
  throw new Refusal(
    `Parley runs on Node.js ${NEEDED}, and npm has none for this kind of machine (${process.platform} ${process.arch}). ` +
      `Install Node.js ${NEEDED} or newer yourself and try again.`,
  )
}
