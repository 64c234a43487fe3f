import path from 'node:path'
import { runNode24 } from '../bootstrap/run.mjs'
import { resolveIn } from '../services/from-workspace.mjs'
import { playwrightTotals, totalsOf, vitestTotals } from './totals.mjs'

/** @typedef {import('../services.mjs').ServiceName} ServiceName */
/** @typedef {import('./totals.mjs').Totals} Totals */

/**
 * @typedef {object} Suite
 * @property {string} title
 * @property {ServiceName[]} needs without these nothing of it can run
 * @property {boolean} needsWeb whether it looks at the built web
 * @property {(env: NodeJS.ProcessEnv, report: string) => Promise<Totals>} run
 */

/** @param {string} workspace @param {string} packageName @param {string} file */
const programOf = (workspace, packageName, file) =>
  path.join(path.dirname(resolveIn(workspace, `${packageName}/package.json`)), file)

/** @param {NodeJS.ProcessEnv} env @param {string[]} args */
export const runPlaywright = (env, args) =>
  runNode24(
    [programOf('e2e', '@playwright/test', 'cli.js'), 'test', '--config', 'e2e/playwright.config.ts', ...args],
    { env },
  )

/**
 * Journeys that look at screens alone have `@screen` in their title. What is stored where makes no difference to them, so they are
 * walked once, on the embedded database.
 * @param {'sqlite' | 'mongodb'} storage
 */
const leftOut = (storage) => (storage === 'sqlite' ? [] : ['--grep-invert', '@screen'])

/**
 * The browser journeys on one storage engine.
 * @param {'sqlite' | 'mongodb'} storage
 * @param {ServiceName[]} needs
 * @returns {Suite}
 */
const journeys = (storage, needs) => ({
  title: `Browser journeys on ${storage}`,
  needs,
  needsWeb: true,
  async run(env, report) {
    const given = { ...env, PARLEY_E2E_STORAGE: storage, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
    const exitCode = await runPlaywright(given, ['--reporter=list,json', ...leftOut(storage)])
    return totalsOf(report, exitCode, playwrightTotals)
  },
})

/** @type {Suite} */
const unitsAndContracts = {
  title: 'Units, storage contract, convergence, durability',
  needs: [],
  needsWeb: false,
  async run(env, report) {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const exitCode = await runNode24([programOf('.', 'vitest', 'vitest.mjs'), ...args], { env })
    return totalsOf(report, exitCode, vitestTotals)
  },
}

/**
 * Everything that `npm test` runs, one after another. Add a suite here and it is counted.
 * @type {Suite[]}
 */
export const suites = [
  unitsAndContracts,
  journeys('sqlite', ['chromium']),
  journeys('mongodb', ['chromium', 'mongod']),
]
