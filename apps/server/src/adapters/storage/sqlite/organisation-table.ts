import type {
  OrganisationReader,
  OrganisationWriter,
} from '../../../domains/organisations/organisation-store.ts'
import type { OrganisationRecord } from '../../../domains/organisations/organisation.ts'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Org } from './caches.ts'
import { sql } from './sql.ts'
import type { View, WritingView } from './view.ts'

const FIND =
  sql(`SELECT n, name, address, expected_users, owner_name, contact_number, created_at, communication,
  head, floor
  FROM organisations JOIN feeds ON feeds.org = organisations.n WHERE id = ?`)
const INSERT = sql(`INSERT INTO organisations
  (id, name, address, expected_users, owner_name, contact_number, created_at, communication)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
const INSERT_FEED = sql('INSERT INTO feeds (org) VALUES (?)')
const UPDATE = sql(`UPDATE organisations
  SET name = ?, address = ?, expected_users = ?, owner_name = ?, contact_number = ?, communication = ? WHERE n = ?`)

interface Row {
  n: number
  name: string
  address: string
  expected_users: number
  owner_name: string
  contact_number: string
  created_at: number
  communication: string | null
  head: number
  floor: number
}

const readRules = (text: string | null) =>
  text === null ? null : (JSON.parse(text) as OrganisationRecord['communication'])
const writeRules = (rules: OrganisationRecord['communication']) =>
  rules === null ? null : JSON.stringify(rules)

/** The organisation of a scope; undefined when there is none, and then nothing can be found in it. */
export function findOrg(view: View, scope: OrgScope): Org | undefined {
  const caches = view.caches()
  const known = caches?.orgs.get(scope)
  if (known) return known
  const row = view.db.get(FIND, scope) as Row | undefined
  if (!row) return undefined
  const record = {
    id: scope,
    name: row.name,
    address: row.address,
    expectedUsers: row.expected_users,
    ownerName: row.owner_name,
    contactNumber: row.contact_number,
    createdAt: row.created_at,
    communication: readRules(row.communication),
  }
  const org = { n: row.n, record, head: row.head, floor: row.floor }
  caches?.orgs.set(scope, org)
  return org
}

/** As `findOrg`, for writes. @throws DomainError not_found */
export function requireOrg(view: View, scope: OrgScope): Org {
  const org = findOrg(view, scope)
  if (!org) throw new DomainError('not_found', { cause: 'the organisation does not exist' })
  return org
}

export class OrganisationTable implements OrganisationReader {
  protected readonly view: View

  constructor(view: View) {
    this.view = view
  }

  async get(scope: OrgScope): Promise<OrganisationRecord | null> {
    return findOrg(this.view, scope)?.record ?? null
  }
}

export class WritableOrganisationTable extends OrganisationTable implements OrganisationWriter {
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async insert(scope: OrgScope, organisation: OrganisationRecord): Promise<void> {
    const { name, address, expectedUsers, ownerName, contactNumber, createdAt } = organisation
    const db = this.view.writing(scope)
    const rules = writeRules(organisation.communication)
    const particulars = [name, address, expectedUsers, ownerName, contactNumber, createdAt] as const
    const { id: n } = db.run(INSERT, scope, ...particulars, rules)
    db.run(INSERT_FEED, n)
    this.view.forget(this.view.caches().orgs, scope)
  }

  async update(scope: OrgScope, patch: Partial<Omit<OrganisationRecord, 'id' | 'createdAt'>>): Promise<void> {
    const db = this.view.writing(scope)
    const org = requireOrg(this.view, scope)
    const record = { ...org.record, ...patch }
    const { name, address, expectedUsers, ownerName, contactNumber } = record
    const rules = writeRules(record.communication)
    db.run(UPDATE, name, address, expectedUsers, ownerName, contactNumber, rules, org.n)
    this.view.touch(this.view.caches().orgs, scope)
    org.record = record
  }
}
