import type { OrganisationFields } from '@parley/contracts/organisations/organisation'
import type { DepartmentWriter } from '../departments/department-store.ts'
import { createDefaultDepartments } from '../departments/create-department.ts'
import { createMember } from '../members/create-member.ts'
import type { MembersTx } from '../members/record-member.ts'
import { createOrganisation } from '../organisations/create-organisation.ts'
import type { OrganisationWriter } from '../organisations/organisation-store.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { openSession, type Device, type UnsignedSession } from './open-session.ts'
import type { SessionWriter } from './session-store.ts'

type Tx = MembersTx & {
  readonly organisations: OrganisationWriter
  readonly departments: DepartmentWriter
  readonly sessions: SessionWriter
}

export interface SignUp {
  readonly organisation: OrganisationFields
  readonly admin: { readonly name: string; readonly email: string; readonly passwordHash: string }
}

/** Organisation, default departments, first admin and that admin's session, in the one transaction of the caller. */
export async function signUp(
  tx: Tx,
  scope: OrgScope,
  form: SignUp,
  device: Device,
  now: number,
): Promise<UnsignedSession> {
  await createOrganisation(tx, scope, form.organisation, now)
  await createDefaultDepartments(tx, scope)
  const admin = await createMember(
    tx,
    scope,
    { ...form.admin, role: 'admin', departmentIds: [], passwordIsTemporary: false },
    now,
  )
  return openSession(tx, scope, admin, device, now)
}
