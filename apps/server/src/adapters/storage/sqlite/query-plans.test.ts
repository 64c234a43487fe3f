import { expect, test } from 'vitest'
import path from 'node:path'
import { opened, temporaryFolder } from './sqlite-fixture.ts'
import type { Connection } from './connection.ts'
import { SearchFile } from './search/search-file.ts'
import { declaredSearchStatements, declaredStatements } from './sql.ts'

const PLANNED = /^\s*(SELECT|INSERT|UPDATE|DELETE)\b/

function plansOf() {
  const storage = opened()
  return declaredStatements()
    .filter((statement) => PLANNED.test(statement))
    .map((statement) => {
      const values = Array.from(statement.matchAll(/\?/g), () => null)
      const steps = storage.writer.query(`EXPLAIN QUERY PLAN ${statement}`, ...values)
      return { statement, steps: steps.map(({ detail }) => String(detail)) }
    })
}

test('T7: no statement of the adapter scans a table', () => {
  const plans = plansOf()
  expect(plans.length).toBeGreaterThan(35)
  const scans = plans.filter(({ steps }) =>
    steps.some((step) => /^SCAN (?!CONSTANT ROW|(wanted|kinds) VIRTUAL TABLE)/.test(step)),
  )
  expect(scans).toEqual([])
})

test('T7: no statement sorts what it could read in order', () => {
  const sorts = plansOf().filter(({ steps }) => steps.some((step) => step.includes('TEMP B-TREE')))
  // A member's live sessions, the members of one e-mail: a handful. Entries of several audiences: at most what is asked for.
  expect(sorts.map(({ statement }) => statement.slice(statement.indexOf('FROM'))).sort()).toEqual([
    expect.stringContaining('CROSS JOIN changes') as string,
    expect.stringContaining('WHERE email_key = ?') as string,
    'FROM sessions WHERE member = ? AND ended_at IS NULL ORDER BY created_at DESC, id DESC',
  ])
})

test('T7: no statement of the search index scans a table, and its rows are found by what they hold', () => {
  const search = new SearchFile(path.join(temporaryFolder(), 'search.db'))
  const planned = declaredSearchStatements().filter((statement) => PLANNED.test(statement))
  expect(planned.length).toBeGreaterThan(8)
  const plansOfSearch = (db: Connection) =>
    planned.flatMap((statement) => {
      const values = Array.from(statement.matchAll(/\?/g), () => null)
      return db.query(`EXPLAIN QUERY PLAN ${statement}`, ...values).map(({ detail }) => String(detail))
    })
  const steps = search.use(plansOfSearch)
  search.close()
  expect(steps.filter((step) => step.startsWith('SCAN grams'))).toEqual([
    // by its key, to drop one; and by what it holds (M), within a range of keys (> <)
    expect.stringMatching(/INDEX \d+:=/),
    expect.stringMatching(/INDEX \d+:M\d*><$/),
  ])
  expect(steps.filter((step) => /^SCAN (?!grams|json_each VIRTUAL TABLE|CONSTANT ROW)/.test(step))).toEqual(
    [],
  )
})

test('T7: the check itself knows a scan when it sees one', () => {
  const storage = opened()
  const [step] = storage.writer.query('EXPLAIN QUERY PLAN SELECT text FROM messages WHERE sent_at > 5')
  expect(String(step?.['detail'])).toMatch(/^SCAN messages/)
})
