import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { closingLine, playwrightTotals, sum, totalsOf, vitestTotals } from './totals.mjs'

const vitestReport = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [],
}

/** @param {string} text */
function report(text) {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-report-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'report.json')
  writeFileSync(file, text)
  return file
}

test('the closing line names what was skipped only when something was', () => {
  expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed')
  expect(closingLine({ passed: 12, failed: 1, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped')
})

test('totals of all runners are added up', () => {
  const one = { passed: 1, failed: 2, skipped: 3 }
  expect(sum([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 })
})

test('a test file that could not be loaded counts as one failure', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }]
  expect(vitestTotals({ ...vitestReport, testResults })).toEqual({ passed: 3, failed: 1, skipped: 2 })
})

test('a journey that ended otherwise than expected is a failure, and so is an error outside of any', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }
  expect(playwrightTotals({ stats, errors: [{ message: 'no such file' }] })).toEqual({
    passed: 6,
    failed: 2,
    skipped: 2,
  })
})

test('a runner that crashed without a report, wrote half of one or ran nothing is one failure', () => {
  const crashed = { passed: 0, failed: 1, skipped: 0 }
  expect(totalsOf('/does/not/exist', 134, vitestTotals)).toEqual(crashed)
  expect(totalsOf(report('{"numPassed'), 0, vitestTotals)).toEqual(crashed)
  const empty = { ...vitestReport, numPassedTests: 0, numPendingTests: 0, numTodoTests: 0 }
  expect(totalsOf(report(JSON.stringify(empty)), 0, vitestTotals)).toEqual(crashed)
})

test('a runner that exits with a fault although every test passed is one failure', () => {
  const file = report(JSON.stringify(vitestReport))
  expect(totalsOf(file, 1, vitestTotals)).toEqual({ passed: 3, failed: 1, skipped: 2 })
  expect(totalsOf(file, 0, vitestTotals)).toEqual({ passed: 3, failed: 0, skipped: 2 })
})
