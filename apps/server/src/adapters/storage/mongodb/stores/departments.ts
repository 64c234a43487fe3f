import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type { DepartmentRecord } from '../../../../domains/departments/department.ts'
import type { DepartmentReader, DepartmentWriter } from '../../../../domains/departments/department-store.ts'
import type { OrgView } from '../org-view.ts'
import { departments } from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

export class DepartmentReads implements DepartmentReader {
  readonly #views: Views<OrgView>

  constructor(views: Views<OrgView>) {
    this.#views = views
  }

  async get(scope: OrgScope, departmentId: string): Promise<DepartmentRecord | null> {
    return (await this.#views(scope)).get(departments, departmentId)
  }

  async list(scope: OrgScope): Promise<DepartmentRecord[]> {
    return (await this.#views(scope)).find(departments, { where: {} })
  }
}

export class DepartmentWrites extends DepartmentReads implements DepartmentWriter {
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async insert(scope: OrgScope, department: DepartmentRecord): Promise<void> {
    const view = await this.#views(scope)
    view.insert(departments, department)
  }

  async rename(scope: OrgScope, departmentId: string, name: string): Promise<void> {
    await (await this.#views(scope)).update(departments, departmentId, { name })
  }

  async remove(scope: OrgScope, departmentId: string): Promise<void> {
    const view = await this.#views(scope)
    view.remove(departments, departmentId)
  }
}
