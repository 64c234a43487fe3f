import type { DepartmentWriter } from '../departments/department-store.ts'
import { requireDepartments } from '../departments/department-access.ts'
import { changesIn } from '../../kernel/activity-chain.ts'
import type { Actor } from '../../kernel/actor.ts'
import { recordMember, type AdministrationTx } from './record-member.ts'

type Tx = AdministrationTx & { readonly departments: DepartmentWriter }

/**
 * Removes a department and takes it from its people. It stands among the members because departments do not know them.
 * @throws DomainError not_found
 */
export async function removeDepartment(tx: Tx, actor: Actor, departmentId: string): Promise<void> {
  const { scope } = actor
  await requireDepartments(tx.departments, scope, [departmentId])
  const before = await tx.departments.get(scope, departmentId)
  for (const member of await tx.members.list(scope)) {
    if (!member.departmentIds.includes(departmentId)) continue
    const departmentIds = member.departmentIds.filter((id) => id !== departmentId)
    await tx.members.update(scope, member.id, { departmentIds })
    await recordMember(tx, scope, { ...member, departmentIds })
  }
  await tx.departments.remove(scope, departmentId)
  await tx.changes.append(scope, { audience: 'org', kind: 'department', id: departmentId, data: null })
  const changes = changesIn(['name'], before, null)
  await tx.activity.append(scope, { actor, action: 'department.removed', about: departmentId, changes })
}
