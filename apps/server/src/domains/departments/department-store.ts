import type { OrgScope } from '../../kernel/org-scope.ts'
import type { DepartmentRecord } from './department.ts'

export interface DepartmentReader {
  get(scope: OrgScope, departmentId: string): Promise<DepartmentRecord | null>
  /** All of them; an organisation has tens at most. */
  list(scope: OrgScope): Promise<DepartmentRecord[]>
}

export interface DepartmentWriter extends DepartmentReader {
  insert(scope: OrgScope, department: DepartmentRecord): Promise<void>
  rename(scope: OrgScope, departmentId: string, name: string): Promise<void>
  remove(scope: OrgScope, departmentId: string): Promise<void>
}
