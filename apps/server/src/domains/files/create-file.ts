import { cleanFileName } from '@parley/contracts/files/file-name'
import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { communicationOf } from '../communication/communication.ts'
import { requireMayShareFile } from '../communication/communication-access.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import type { FileReader, FileWriter } from './file-store.ts'
import { UNSENT_LIFETIME, UNSENT_MAX, type FileKind, type FileRecord } from './file.ts'
import type { SealedKey } from './file-vault.ts'

export interface FilesTx {
  readonly files: FileWriter
  readonly organisations: OrganisationReader
}

/** What the operator allows every organisation; null where it is left to them. In bytes. */
export interface FileLimits {
  readonly maxBytes: number | null
  readonly quotaBytes: number | null
}

export interface GivenFile {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly type: string
  readonly kind: FileKind
}

/** What holds in an organisation: the narrower of what its admins and the operator say. */
export async function limitsOf(
  organisations: OrganisationReader,
  scope: OrgScope,
  { maxBytes, quotaBytes }: FileLimits,
): Promise<{ readonly maxBytes: number; readonly quotaBytes: number | null }> {
  const rules = await communicationOf(organisations, scope)
  const quota = Math.min(quotaBytes ?? Infinity, rules.fileQuotaBytes ?? Infinity)
  return {
    maxBytes: Math.min(maxBytes ?? Infinity, rules.fileMaxBytes),
    quotaBytes: quota === Infinity ? null : quota,
  }
}

/**
 * Takes down that a file will come, and keeps room for it in the quota, so that everything that can be refused is refused before a byte
 * is sent. A repeat finds what it made before (Y6).
 * @param key a new one
 * @throws DomainError files_not_allowed, file_kind_not_allowed, file_too_large, quota_full, uploads_unfinished, id_taken, upload_conflict (what was there under this id
 * is still being removed)
 */
export async function createFile(
  tx: FilesTx,
  actor: Actor,
  given: GivenFile,
  key: SealedKey,
  limits: FileLimits,
  now: number,
): Promise<FileRecord> {
  const { scope, memberId } = actor
  const earlier = await tx.files.get(scope, given.id)
  if (earlier) {
    const same = earlier.uploaderId === memberId && earlier.uploadSize === given.size && earlier.links === 0
    if (same) return earlier
    throw new DomainError('id_taken')
  }
  // what was there before under this id goes first; then it may begin anew
  if (await tx.files.isBeingRemoved(scope, given.id))
    throw new DomainError('upload_conflict', { retryAfter: 1 })
  await requireMayShareFile(tx, actor, { kind: given.kind, bytes: given.size })
  const { maxBytes, quotaBytes } = await limitsOf(tx.organisations, scope, limits)
  if (given.size > maxBytes) throw new DomainError('file_too_large')
  await requireRoom(tx.files, scope, given.size, quotaBytes)
  const unsent = await tx.files.countUnsent(scope, memberId, UNSENT_MAX)
  if (unsent >= UNSENT_MAX) throw new DomainError('uploads_unfinished', { retryAfter: 60 })
  const file: FileRecord = {
    id: given.id,
    uploaderId: memberId,
    state: 'uploading',
    name: cleanFileName(given.name),
    kind: given.kind,
    type: given.type,
    uploadSize: given.size,
    size: given.size,
    part: 'original',
    facts: {},
    hasPreview: false,
    key,
    createdAt: now,
    expiresAt: now + UNSENT_LIFETIME,
    links: 0,
  }
  await tx.files.insert(scope, file)
  await tx.files.addUsedBytes(scope, file.size)
  return file
}

async function requireRoom(
  files: FileReader,
  scope: OrgScope,
  bytes: number,
  quota: number | null,
): Promise<void> {
  if (quota !== null && (await files.usedBytes(scope)) + bytes > quota) throw new DomainError('quota_full')
}
