import { changesIn } from '../../kernel/activity-chain.ts'
import type { ActivityLogWriter } from '../../kernel/activity-log.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { newId } from '../../kernel/ids.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { DEFAULT_DEPARTMENTS, departmentNameKey, type DepartmentRecord } from './department.ts'
import type { DepartmentWriter } from './department-store.ts'

export interface DepartmentsTx {
  readonly departments: DepartmentWriter
  readonly changes: ChangeFeedWriter
}

type LoggedTx = DepartmentsTx & { readonly activity: ActivityLogWriter }

/** Adds a department. @throws DomainError department_name_taken */
export async function createDepartment(
  tx: DepartmentsTx,
  scope: OrgScope,
  name: string,
): Promise<DepartmentRecord> {
  await refuseTakenName(tx, scope, name)
  const department = { id: newId(), name }
  await tx.departments.insert(scope, department)
  await recordDepartment(tx, scope, department)
  return department
}

/** An admin adds a department. @throws DomainError department_name_taken */
export async function addDepartment(tx: LoggedTx, actor: Actor, name: string): Promise<DepartmentRecord> {
  const { scope } = actor
  const department = await createDepartment(tx, scope, name)
  const changes = changesIn(['name'], null, department)
  await tx.activity.append(scope, { actor, action: 'department.created', about: department.id, changes })
  return department
}

/** Gives a new organisation the departments it begins with. */
export async function createDefaultDepartments(tx: DepartmentsTx, scope: OrgScope): Promise<void> {
  for (const name of DEFAULT_DEPARTMENTS) await createDepartment(tx, scope, name)
}

/** An admin renames a department. @throws DomainError not_found, department_name_taken */
export async function renameDepartment(
  tx: LoggedTx,
  actor: Actor,
  departmentId: string,
  name: string,
): Promise<DepartmentRecord> {
  const { scope } = actor
  const before = await tx.departments.get(scope, departmentId)
  if (!before) throw new DomainError('not_found')
  await refuseTakenName(tx, scope, name, departmentId)
  await tx.departments.rename(scope, departmentId, name)
  const department = { id: departmentId, name }
  await recordDepartment(tx, scope, department)
  const changes = changesIn(['name'], before, department)
  await tx.activity.append(scope, { actor, action: 'department.renamed', about: departmentId, changes })
  return department
}

async function refuseTakenName(
  tx: DepartmentsTx,
  scope: OrgScope,
  name: string,
  except?: string,
): Promise<void> {
  const key = departmentNameKey(name)
  const others = await tx.departments.list(scope)
  if (others.some((other) => other.id !== except && departmentNameKey(other.name) === key)) {
    throw new DomainError('department_name_taken', {
      fields: { name: 'There is already a department with this name.' },
    })
  }
}

async function recordDepartment(
  tx: DepartmentsTx,
  scope: OrgScope,
  department: DepartmentRecord,
): Promise<void> {
  const { id, name } = department
  await tx.changes.append(scope, { audience: 'org', kind: 'department', id, data: { id, name } })
}
