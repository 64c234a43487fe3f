import { spawn } from 'node:child_process'
import { root } from '../bootstrap/root.mjs'
import { BUILD } from './steps.mjs'

/**
 * @typedef {import('./steps.mjs').Step} Step
 * @typedef {Step & { code: number, output: string, seconds: number }} Outcome
 */

/**
 * @param {string} node
 * @param {Step} step
 * @returns {Promise<Outcome>}
 */
function runStep(node, step) {
  const started = performance.now()
  return new Promise((resolve) => {
    const env = { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) }
    const child = spawn(node, step.args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const take = (/** @type {Buffer} */ part) => void (output += part.toString())
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    const end = (/** @type {number} */ code) =>
      resolve({ ...step, code, output: output.trim(), seconds: (performance.now() - started) / 1000 })
    child.once('error', (error) => ((output += error.message), end(1)))
    child.once('close', (code) => end(code ?? 1))
  })
}

/**
 * Runs all steps, two at a time, and keeps going when one fails: a person wants to see everything at once.
 * @param {string} node
 * @param {Step[]} steps
 * @param {(outcome: Outcome) => void} report told of each step as it ends
 */
export async function runSteps(node, steps, report) {
  const waiting = steps.filter(({ title }) => title !== BUILD)
  const outcomes = /** @type {Outcome[]} */ ([])
  const take = async (/** @type {Step} */ step) => {
    const outcome = await runStep(node, step)
    outcomes.push(outcome)
    report(outcome)
  }
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) await take(step)
  }
  for (const step of steps) if (step.title === BUILD) await take(step)
  await Promise.all([work(), work()])
  return outcomes
}
