import { email as emailSchema } from '@parley/contracts/members/member'
import type { Role } from '@parley/contracts/kernel/permission'
import Papa from 'papaparse'

/** Somebody on a list who can be invited. */
export interface ListedPerson {
  readonly line: number
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly departmentIds: readonly string[]
}

/** What is wrong with a line; `value` is what stands there. */
export interface ListProblem {
  readonly line: number
  readonly what:
    'noEmail' | 'badEmail' | 'twice' | 'member' | 'invited' | 'badRole' | 'badDepartment' | 'badQuotes'
  readonly value: string
}

export interface KnownPeople {
  readonly departments: readonly { readonly id: string; readonly name: string }[]
  /** E-mails of members, and of those who are invited. */
  readonly members: ReadonlySet<string>
  readonly invited: ReadonlySet<string>
}

export interface ReadList {
  readonly people: readonly ListedPerson[]
  readonly problems: readonly ListProblem[]
}

type Column = 'email' | 'name' | 'role' | 'departments'

/** What columns are called, in the languages that such lists come in. */
const COLUMNS: readonly (readonly [Column, RegExp])[] = [
  ['email', /^(?:e-?mail(?: ?address|-?adresse)?|mail|correo(?: electrónico)?|courriel)$/],
  ['name', /^(?:(?:full |display )?name|nom|nombre|nome)$/],
  ['role', /^(?:role|rolle|rol|rôle|função)$/],
  ['departments', /^(?:departments?|abteilung(?:en)?|departamentos?|équipe|team)$/],
]

const ROLES: readonly Role[] = ['admin', 'manager', 'member']

interface Row {
  readonly line: number
  readonly cells: readonly string[]
  readonly isBroken: boolean
}

/** Reads a list of people: with a first line that names its columns, or with one e-mail a line and nothing else. */
export function readPeopleList(text: string, known: KnownPeople): ReadList {
  const rows = rowsOf(text.replace(/^\ufeff/, ''))
  const [first] = rows
  const columns = first && columnsOf(first.cells)
  const people: ListedPerson[] = []
  const problems: ListProblem[] = []
  const lines = new Map<string, number>()
  for (const row of columns ? rows.slice(1) : rows) {
    const found = read(row, columns ?? emailAlone(row), known, lines)
    if ('what' in found) problems.push(found)
    else people.push(found)
  }
  return { people, problems }
}

/** The separator is found out: a comma, a semicolon or a tab. */
function rowsOf(text: string): Row[] {
  const rows: Row[] = []
  let line = 1
  let cursor = 0
  Papa.parse<string[]>(text, {
    delimitersToGuess: [',', ';', '\t'],
    step: ({ data, errors, meta }) => {
      const cells = data.map((cell) => cell.trim())
      const isBroken = errors.some(({ type }) => type === 'Quotes')
      if (cells.some((cell) => cell !== '')) rows.push({ line, cells, isBroken })
      line += text.slice(cursor, meta.cursor).split('\n').length - 1
      cursor = meta.cursor
    },
  })
  return rows
}

/** Where each column is; null where the first line names none, and is a person already. */
function columnsOf(cells: readonly string[]): ReadonlyMap<Column, number> | null {
  const found = new Map<Column, number>()
  for (const [index, cell] of cells.entries()) {
    const column = COLUMNS.find(([, names]) => names.test(cell.toLowerCase()))?.[0]
    if (column && !found.has(column)) found.set(column, index)
  }
  return found.has('email') ? found : null
}

const emailAlone = ({ cells }: Row): ReadonlyMap<Column, number> =>
  new Map([
    [
      'email',
      Math.max(
        0,
        cells.findIndex((cell) => cell.includes('@')),
      ),
    ],
  ])

function read(
  { line, cells, isBroken }: Row,
  columns: ReadonlyMap<Column, number>,
  { departments, members, invited }: KnownPeople,
  lines: Map<string, number>,
): ListedPerson | ListProblem {
  const cell = (column: Column) => cells[columns.get(column) ?? -1] ?? ''
  const problem = (what: ListProblem['what'], value: string): ListProblem => ({ line, what, value })
  const email = cell('email')
  if (isBroken) return problem('badQuotes', '')
  if (email === '') return problem('noEmail', '')
  if (!emailSchema.safeParse(email).success) return problem('badEmail', email)
  const key = email.toLowerCase()
  const before = lines.get(key)
  if (before !== undefined) return problem('twice', String(before))
  lines.set(key, line)
  if (members.has(key)) return problem('member', email)
  if (invited.has(key)) return problem('invited', email)
  const role = (cell('role').toLowerCase() || 'member') as Role
  if (!ROLES.includes(role)) return problem('badRole', cell('role'))
  const departmentIds: string[] = []
  for (const name of cell('departments')
    .split(/[|/,;]/)
    .map((one) => one.trim())
    .filter(Boolean)) {
    const found = departments.find((one) => one.name.toLowerCase() === name.toLowerCase())
    if (!found) return problem('badDepartment', name)
    departmentIds.push(found.id)
  }
  return { line, name: cell('name'), email, role, departmentIds }
}

/** The text of a file, as Excel and others write it: UTF-8, UTF-16, or what Windows used before. */
export function textOfList(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** A list of links to be saved. What a spreadsheet would take for a formula is written as text. */
export const linksAsCsv = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${Papa.unparse(
    rows.map((row) => [...row]),
    { escapeFormulae: true },
  )}`
