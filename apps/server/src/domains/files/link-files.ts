import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { requireMayShareFile } from '../communication/communication-access.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import { requireVisibleFile } from './file-access.ts'
import type { FileWriter } from './file-store.ts'
import { listOf, type FileRecord } from './file.ts'
import { removeFile } from './remove-file.ts'

export interface LinkTx {
  readonly files: FileWriter
  readonly conversations: ConversationReader
  readonly organisations: OrganisationReader
}

/** The message that carries files, once it has its place. */
export interface Carrier {
  readonly id: string
  readonly conversationId: string
  readonly number: number
  readonly senderId: string
  readonly sentAt: number
  readonly seq: number
  /** When the message disappears; null or left out for never. */
  readonly expiresAt?: number | null
}

/**
 * The files that the actor may send: their own finished ones, and those of messages that they can see, which are shared and not copied.
 * To be asked before the message is written.
 * @returns each once, in their order
 * @throws DomainError not_found, upload_incomplete, files_not_allowed, file_kind_not_allowed, file_too_large
 */
export async function requireSendable(
  tx: LinkTx,
  actor: Actor,
  fileIds: readonly string[],
  now: number,
): Promise<FileRecord[]> {
  const files: FileRecord[] = []
  for (const fileId of new Set(fileIds)) {
    const file = await tx.files.get(actor.scope, fileId)
    if (file?.state === 'uploading' && file.uploaderId === actor.memberId)
      throw new DomainError('upload_incomplete')
    files.push(await requireVisibleFile(tx, actor, fileId, now))
  }
  for (const { kind, size } of files) await requireMayShareFile(tx, actor, { kind, bytes: size })
  return files
}

/** Lets a message carry files; what is told of them with it, `presentFile` says. */
export async function linkFiles(
  tx: Pick<LinkTx, 'files'>,
  scope: OrgScope,
  files: readonly FileRecord[],
  { id, conversationId, number, senderId, sentAt, seq, expiresAt = null }: Carrier,
): Promise<void> {
  for (const [position, file] of files.entries()) {
    const place = { conversationId, number, position, messageId: id, senderId, sentAt, seq, expiresAt }
    await tx.files.link(scope, { ...place, fileId: file.id, list: listOf(file.kind) })
    await tx.files.update(scope, file.id, { links: file.links + 1, expiresAt: null })
  }
}

/**
 * Takes its files from a message: it was deleted for everybody, or purged. With the last message that carried it a file goes, and its
 * bytes as soon as that is committed.
 */
export async function unlinkFiles(
  tx: Pick<LinkTx, 'files'>,
  scope: OrgScope,
  { conversationId, number }: Pick<Carrier, 'conversationId' | 'number'>,
): Promise<void> {
  const links = await tx.files.linksOfMessage(scope, conversationId, number)
  if (links.length === 0) return
  await tx.files.unlinkMessage(scope, conversationId, number)
  for (const { fileId } of links) {
    const file = await tx.files.get(scope, fileId)
    if (!file) continue
    if (file.links <= 1) await removeFile(tx, scope, file)
    else await tx.files.update(scope, fileId, { links: file.links - 1 })
  }
}
