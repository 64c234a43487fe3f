import type { DepartmentReader, DepartmentWriter } from '../../../domains/departments/department-store.ts'
import type { DepartmentRecord } from '../../../domains/departments/department.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { findOrg, requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import type { View, WritingView } from './view.ts'

const LIST = sql('SELECT id, name FROM departments WHERE org = ? ORDER BY id')
const INSERT = sql('INSERT INTO departments (org, id, name) VALUES (?, ?, ?)')
const RENAME = sql('UPDATE departments SET name = ? WHERE org = ? AND id = ?')
const REMOVE = sql('DELETE FROM departments WHERE org = ? AND id = ?')

export class DepartmentTable implements DepartmentReader {
  protected readonly view: View

  constructor(view: View) {
    this.view = view
  }

  async get(scope: OrgScope, departmentId: string): Promise<DepartmentRecord | null> {
    return this.#all(scope).find(({ id }) => id === departmentId) ?? null
  }

  async list(scope: OrgScope): Promise<DepartmentRecord[]> {
    return [...this.#all(scope)]
  }

  #all(scope: OrgScope): readonly DepartmentRecord[] {
    const org = findOrg(this.view, scope)
    if (!org) return []
    const caches = this.view.caches()
    const known = caches?.departments.get(org.n)
    if (known) return known
    const rows = this.view.db.all(LIST, org.n) as { id: string; name: string }[]
    const departments = rows.map(({ id, name }) => ({ id, name }))
    caches?.departments.set(org.n, departments)
    return departments
  }
}

export class WritableDepartmentTable extends DepartmentTable implements DepartmentWriter {
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async insert(scope: OrgScope, { id, name }: DepartmentRecord): Promise<void> {
    const { db, n } = this.#writing(scope)
    db.run(INSERT, n, id, name)
  }

  async rename(scope: OrgScope, departmentId: string, name: string): Promise<void> {
    const { db, n } = this.#writing(scope)
    db.run(RENAME, name, n, departmentId)
  }

  async remove(scope: OrgScope, departmentId: string): Promise<void> {
    const { db, n } = this.#writing(scope)
    db.run(REMOVE, n, departmentId)
  }

  #writing(scope: OrgScope) {
    const db = this.view.writing(scope)
    const { n } = requireOrg(this.view, scope)
    this.view.forget(this.view.caches().departments, n)
    return { db, n }
  }
}
