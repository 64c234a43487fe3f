import { expect, test } from 'vitest'
import { opened } from './sqlite-fixture.ts'
import { declaredStatements } from './sql.ts'

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

test('T7: the check itself knows a scan when it sees one', () => {
  const storage = opened()
  const [step] = storage.writer.query('EXPLAIN QUERY PLAN SELECT text FROM messages WHERE sent_at > 5')
  expect(String(step?.['detail'])).toMatch(/^SCAN messages/)
})
