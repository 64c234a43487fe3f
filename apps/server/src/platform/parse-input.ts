import * as z from 'zod/mini'
import { DomainError } from '../kernel/domain-error.ts'

const FIELDS_MAX = 20
const PATH_MAX = 120

/** The sentences zod makes by itself are for programmers; those of the contracts are for people and stay. */
const MADE_BY_ZOD = /^(?:Invalid|Too big|Too small|Unrecognized|Expected|Required)/

function sentence(issue: z.core.$ZodIssue): string {
  if (!MADE_BY_ZOD.test(issue.message)) return issue.message
  if (issue.code === 'unrecognized_keys') return 'This is not expected here.'
  if (issue.code === 'too_big') return 'This is too long or too large.'
  if (issue.code === 'too_small') return 'This is too short or too small.'
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'This is missing.'
  return 'This is not the kind of value expected here.'
}

/** Sentences by the path of the field (`email`, `departmentIds.0`), few and short, because a stranger may have written the keys. */
function fieldsOf(issues: readonly z.core.$ZodIssue[]): Record<string, string> {
  const fields = new Map<string, string>()
  for (const issue of issues) {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [null]
    for (const key of keys) {
      const path = [...issue.path, ...(key === null ? [] : [key])].map(String).join('.').slice(0, PATH_MAX)
      if (fields.size < FIELDS_MAX && !fields.has(path)) fields.set(path, sentence(issue))
    }
  }
  return Object.fromEntries(fields)
}

/** What a schema makes of something from outside. @throws DomainError invalid_input with sentences per field */
export function parseInput<S extends z.core.$ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = z.safeParse(schema, input, { reportInput: true })
  if (parsed.success) return parsed.data
  throw new DomainError('invalid_input', { fields: fieldsOf(parsed.error.issues) })
}

/**
 * Refuses an answer that says more or other than its contract (A7). Too costly for every answer in production, so it runs in
 * tests and development.
 * @throws Error, a fault of ours
 */
export function checkAnswer(schema: z.core.$ZodType, answer: unknown, name: string): void {
  const parsed = z.safeParse(schema, answer)
  if (parsed.success) return
  const where = parsed.error.issues
    .map(({ path, code }) => `${path.map(String).join('.')} (${code})`)
    .join(', ')
  throw new Error(`the answer of ${name} breaks its contract at ${where}`)
}
