import { existsSync, readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/** @type {Totals} */
export const nothing = Object.freeze({ passed: 0, failed: 0, skipped: 0 })

/**
 * @param {Totals[]} totals
 * @returns {Totals}
 */
export const sum = (totals) =>
  totals.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
    }),
    nothing,
  )

/**
 * Reads vitest's JSON report. A file that could not even be loaded has no tests to count, and is one failure.
 * @param {any} report
 * @returns {Totals}
 */
export function vitestTotals(report) {
  const broken = report.testResults.filter(
    (/** @type {any} */ file) =>
      file.status === 'failed' &&
      !file.assertionResults.some((/** @type {any} */ it) => it.status === 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/**
 * Reads Playwright's JSON report. A test that passed only when repeated counts as passed; its report says "flaky".
 * @param {any} report
 * @returns {Totals}
 */
export function playwrightTotals({ stats, errors }) {
  const unexpected = stats.unexpected + (errors?.length ?? 0)
  return { passed: stats.expected + stats.flaky, failed: unexpected, skipped: stats.skipped }
}

/**
 * What a runner achieved. A runner that crashed, wrote no report or failed without naming a test is one failure.
 * @param {string} file its JSON report
 * @param {number} exitCode
 * @param {(report: any) => Totals} read
 * @returns {Totals}
 */
export function totalsOf(file, exitCode, read) {
  const totals = existsSync(file) ? readOrNothing(file, read) : nothing
  const silent = totals.failed === 0 && (exitCode !== 0 || totals.passed + totals.skipped === 0)
  return silent ? { ...totals, failed: 1 } : totals
}

/**
 * @param {string} file
 * @param {(report: any) => Totals} read
 */
function readOrNothing(file, read) {
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return nothing
  }
}

/** The line that continuous integration reads. */
export const closingLine = (/** @type {Totals} */ { passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
