import { run } from './run.mjs'

/**
 * Runs npm: the very one that started us when there is one, else the one on the PATH.
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function runNpm(args, options = {}) {
  const own = process.env.npm_execpath
  if (own && /\bnpm[^/\\]*\.c?js$/.test(own)) return run(process.execPath, [own, ...args], options)
  const windows = process.platform === 'win32'
  return run(windows ? 'npm.cmd' : 'npm', args, { shell: windows, ...options })
}
