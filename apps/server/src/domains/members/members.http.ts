import type { Clock } from '../../kernel/clock.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import type { DepartmentWriter } from '../departments/department-store.ts'
import { changeMember } from './change-member.ts'
import { changeOwnProfile, setOwnPicture } from './change-own-profile.ts'
import { addMember } from './create-member.ts'
import type { MemberReader } from './member-store.ts'
import type { PasswordHasher } from './password-hasher.ts'
import type { PictureMaker } from './picture-maker.ts'
import { presentMember } from './present-member.ts'
import type { AdministrationTx } from './record-member.ts'
import { removeDepartment } from './remove-department.ts'
import {
  deactivateMember,
  deleteMember,
  reactivateMember,
  type EndSessions,
  type ResumeAccess,
} from './switch-member.ts'

type Tx = AdministrationTx & { readonly departments: DepartmentWriter }

interface Deps<T extends Tx> {
  readonly run: RunUseCase<T>
  readonly read: { readonly members: MemberReader }
  readonly passwords: PasswordHasher
  readonly pictures: PictureMaker
  readonly endSessions: EndSessions<T>
  readonly resumeAccess: ResumeAccess<T>
  /** Links that were mailed to choose a new password stop working. */
  readonly forgetPasswordReset: (tx: T, scope: OrgScope, memberId: string) => Promise<void>
  readonly clock: Clock
}

type Handled =
  | 'createMember'
  | 'changeMember'
  | 'deactivateMember'
  | 'reactivateMember'
  | 'deleteMember'
  | 'removeDepartment'
  | 'changeOwnProfile'
  | 'setOwnPicture'
  | 'removeOwnPicture'
  | 'memberPicture'

export const memberRoutes = <T extends Tx>(deps: Deps<T>): Pick<RouteHandlers, Handled> => ({
  ...administration(deps),
  ...own(deps),
})

function administration<T extends Tx>(deps: Deps<T>) {
  const { run, passwords, endSessions, resumeAccess, forgetPasswordReset, clock } = deps
  return {
    createMember: async ({ actor, body }) => {
      const { password, ...fields } = body
      await passwords.refuseWeak(password, 'password', [fields.name, fields.email])
      const passwordHash = await passwords.hash(password)
      // an admin knows this password, so it is the member's own only after they have changed it
      const given = { ...fields, passwordHash, passwordIsTemporary: true }
      return presentMember(await run(actor.scope, (tx) => addMember(tx, actor, given, clock.now())))
    },
    changeMember: async ({ actor, params, body }) => {
      const { scope } = actor
      const changed = await run(scope, async (tx) => {
        const after = await changeMember(tx, actor, params.memberId, body)
        // whoever reads the old address must not get in by a link that lies there
        if (body.email !== undefined) await forgetPasswordReset(tx, scope, params.memberId)
        return after
      })
      return presentMember(changed)
    },
    deactivateMember: async ({ actor, params }) =>
      presentMember(
        await run(actor.scope, (tx) => deactivateMember(tx, actor, params.memberId, endSessions)),
      ),
    reactivateMember: async ({ actor, params }) =>
      presentMember(
        await run(actor.scope, (tx) => reactivateMember(tx, actor, params.memberId, resumeAccess)),
      ),
    deleteMember: ({ actor, params }) =>
      run(actor.scope, (tx) => deleteMember(tx, actor, params.memberId, endSessions)),
    removeDepartment: ({ actor, params }) =>
      run(actor.scope, (tx) => removeDepartment(tx, actor, params.departmentId)),
  } satisfies Partial<RouteHandlers>
}

function own<T extends Tx>({ run, read, pictures }: Deps<T>) {
  return {
    changeOwnProfile: async ({ actor, body }) =>
      presentMember(await run(actor.scope, (tx) => changeOwnProfile(tx, actor, body))),
    setOwnPicture: async ({ actor, upload }) => {
      const picture = await pictures.square(upload.bytes)
      return presentMember(await run(actor.scope, (tx) => setOwnPicture(tx, actor, picture)))
    },
    removeOwnPicture: async ({ actor }) =>
      presentMember(await run(actor.scope, (tx) => setOwnPicture(tx, actor, null))),
    memberPicture: async ({ actor, params }) => {
      const bytes = await read.members.picture(actor.scope, params.memberId, params.version)
      if (!bytes) throw new DomainError('not_found')
      return { bytes, type: 'image/webp', cache: 'immutable' }
    },
  } satisfies Partial<RouteHandlers>
}
