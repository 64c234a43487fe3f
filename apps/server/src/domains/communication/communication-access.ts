import type { FileKind } from '@parley/contracts/communication/communication'
import { isAllowed, isWithinWindow, mayStartDirect } from '@parley/contracts/communication/rules'
import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { MemberRecord } from '../members/member.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import { communicationOf } from './communication.ts'

interface Read {
  readonly organisations: OrganisationReader
}

/** The actor may start a chat with this colleague. @throws DomainError direct_not_allowed */
export async function requireMayStartDirect(
  { organisations, members }: Read & { readonly members: MemberReader },
  actor: Actor,
  other: MemberRecord,
): Promise<void> {
  const rules = await communicationOf(organisations, actor.scope)
  const departmentIds = (await members.get(actor.scope, actor.memberId))?.departmentIds ?? []
  if (!mayStartDirect(rules, { role: actor.role, departmentIds }, other))
    throw new DomainError('direct_not_allowed')
}

/** The actor may make a group. @throws DomainError group_not_allowed */
export async function requireMayCreateGroup({ organisations }: Read, actor: Actor): Promise<void> {
  const { groupCreation } = await communicationOf(organisations, actor.scope)
  if (!isAllowed(groupCreation, actor.role)) throw new DomainError('group_not_allowed')
}

/**
 * The actor may share a file of this kind and size. Whether there is room for it (`fileQuotaBytes`) is not asked here.
 * @throws DomainError files_not_allowed, file_kind_not_allowed, file_too_large
 */
export async function requireMayShareFile(
  { organisations }: Read,
  actor: Actor,
  file: { readonly kind: FileKind; readonly bytes: number },
): Promise<void> {
  const rules = await communicationOf(organisations, actor.scope)
  if (!isAllowed(rules.fileSharing, actor.role)) throw new DomainError('files_not_allowed')
  if (!rules.fileKinds.includes(file.kind)) throw new DomainError('file_kind_not_allowed')
  if (file.bytes > rules.fileMaxBytes) throw new DomainError('file_too_large')
}

/** What was sent then can still be edited. @throws DomainError too_late_to_edit */
export async function requireEditable(
  { organisations }: Read,
  scope: OrgScope,
  sentAt: number,
  now: number,
): Promise<void> {
  const { editWindow } = await communicationOf(organisations, scope)
  if (!isWithinWindow(editWindow, sentAt, now)) throw new DomainError('too_late_to_edit')
}

/** What was sent then can still be deleted for everybody. @throws DomainError too_late_to_delete */
export async function requireDeletable(
  { organisations }: Read,
  scope: OrgScope,
  sentAt: number,
  now: number,
): Promise<void> {
  const { deleteWindow } = await communicationOf(organisations, scope)
  if (!isWithinWindow(deleteWindow, sentAt, now)) throw new DomainError('too_late_to_delete')
}

/** The actor may take a chat away. @throws DomainError export_not_allowed */
export async function requireMayExport({ organisations }: Read, actor: Actor): Promise<void> {
  const { chatExport } = await communicationOf(organisations, actor.scope)
  if (!isAllowed(chatExport, actor.role)) throw new DomainError('export_not_allowed')
}
