import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import path from 'node:path'
import { requireNode24 } from './node24.mjs'
import { onOrphaned } from './orphan.mjs'
import { root } from './root.mjs'

/** SIGHUP too: closing the terminal must end the server as gracefully as Ctrl-C. */
const FORWARDED = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs a command with our terminal, hands our signals on, and answers its exit code. With `detached` the signals go to
 * all that the command started: npm, for one, would not hand them on.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    // compiled code is kept, so that the next start neither strips types nor holds what does that in memory
    const env = { NODE_COMPILE_CACHE: path.join(root, '.cache', 'compile'), ...process.env }
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env, ...options })
    const kill = (/** @type {NodeJS.Signals} */ signal) =>
      options.detached && child.pid ? process.kill(-child.pid, signal) : child.kill(signal)
    /** @type {(() => unknown)[]} */
    const watches = FORWARDED.map((signal) => {
      // Ctrl-C in a terminal reaches the child by itself, and a second one means "now!" to many programs.
      const arrivesAnyway = signal === 'SIGINT' && process.stdin.isTTY && !options.detached
      const hand = () => void (arrivesAnyway || kill(signal))
      process.on(signal, hand)
      return () => process.off(signal, hand)
    })
    watches.push(onOrphaned(() => void kill('SIGTERM')))
    const settle = () => watches.forEach((stop) => stop())
    child.once('error', (error) => (settle(), reject(error)))
    child.once(
      'close',
      (code, signal) => (settle(), resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))),
    )
  })
}

/** The environment in which `node` means Node 24, for package scripts that call it by name. */
export function environmentWithNode24(env = process.env) {
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  return { ...env, [key]: `${path.dirname(requireNode24())}${path.delimiter}${env[key] ?? ''}` }
}

/**
 * Runs a program of ours under Node 24.
 * @param {string[]} args the program and its arguments
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function runNode24(args, options = {}) {
  // node:sqlite is still marked as a release candidate in Node 24; the notice would greet every person.
  return run(requireNode24(), ['--disable-warning=ExperimentalWarning', ...args], options)
}
