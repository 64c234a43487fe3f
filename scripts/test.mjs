// `npm test`: everything, from a fresh clone. The last line is the total that continuous integration reads.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { prepare } from './bootstrap/prepare.mjs'
import { Refusal, runScript, say } from './bootstrap/say.mjs'
import { ensureWebBuilt } from './bootstrap/web-build.mjs'
import { serviceEnvironment } from './services.mjs'
import { suites } from './test/suites.mjs'
import { closingLine, nothing, sum } from './test/totals.mjs'

const inCi = process.env.CI === 'true'

/** The web is built before anything runs; a fault there must not keep the other tests from being counted. */
async function buildOrSay() {
  try {
    await ensureWebBuilt()
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    say(error.message)
    return false
  }
}

/**
 * @param {import('./test/suites.mjs').Suite} suite
 * @param {{ env: NodeJS.ProcessEnv, missing: string[], built: boolean, report: string }} circumstances
 */
async function runSuite(suite, { env, missing, built, report }) {
  const lacking = suite.needs.filter((name) => missing.includes(name))
  if (lacking.length > 0) {
    say(`\n== ${suite.title}: skipped, for want of ${lacking.join(' and ')}`)
    return { ...nothing, skipped: 1 }
  }
  if (suite.needsWeb && !built) {
    say(`\n== ${suite.title}: failed, because the web could not be built`)
    return { ...nothing, failed: 1 }
  }
  say(`\n== ${suite.title}`)
  return suite.run(env, report)
}

await runScript(async () => {
  await prepare()
  const built = await buildOrSay()
  const { env, missing } = await serviceEnvironment()
  const reports = mkdtempSync(path.join(tmpdir(), 'parley-test-'))
  // On a machine of ours a missing service is a fault of the machine, and must not look like success.
  const totals = [inCi ? { ...nothing, failed: missing.length } : nothing]
  try {
    for (const [index, suite] of suites.entries()) {
      const report = path.join(reports, `${index}.json`)
      totals.push(await runSuite(suite, { env, missing, built, report }))
    }
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
  const all = sum(totals)
  console.log(`\n${closingLine(all)}`)
  return all.failed > 0 ? 1 : 0
})
