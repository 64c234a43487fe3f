import { createHash } from 'node:crypto'
import type { Actor } from '../../kernel/actor.ts'
import { given, type Patch } from '../../kernel/patch.ts'
import type { MemberRecord } from './member.ts'
import { requireMember } from './member-access.ts'
import { recordMember, type MembersTx } from './record-member.ts'

/** A member changes their own name or status text. */
export async function changeOwnProfile(
  tx: MembersTx,
  actor: Actor,
  patch: Patch<{ name: string; statusText: string }>,
): Promise<MemberRecord> {
  const before = await requireMember(tx.members, actor.scope, actor.memberId)
  const after: MemberRecord = { ...before, ...given(patch) }
  await tx.members.update(actor.scope, after.id, { name: after.name, statusText: after.statusText })
  await recordMember(tx, actor.scope, after)
  return after
}

/** Sets or removes the own picture. @param bytes the small square WebP, or null to remove it */
export async function setOwnPicture(
  tx: MembersTx,
  actor: Actor,
  bytes: Uint8Array | null,
): Promise<MemberRecord> {
  const { scope, memberId } = actor
  const before = await requireMember(tx.members, scope, memberId)
  const pictureVersion = bytes && createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  if (bytes && pictureVersion) await tx.members.setPicture(scope, memberId, pictureVersion, bytes)
  else await tx.members.removePicture(scope, memberId)
  await tx.members.update(scope, memberId, { pictureVersion })
  const after: MemberRecord = { ...before, pictureVersion }
  await recordMember(tx, scope, after)
  return after
}
