import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { DepartmentReader } from './department-store.ts'

/** Makes sure that all of these departments exist in the organisation. @throws DomainError not_found */
export async function requireDepartments(
  departments: DepartmentReader,
  scope: OrgScope,
  departmentIds: readonly string[],
): Promise<void> {
  for (const departmentId of departmentIds) {
    if (!(await departments.get(scope, departmentId))) throw new DomainError('not_found')
  }
}
