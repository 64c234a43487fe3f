import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { FileReader } from './file-store.ts'
import type { FileLink, FileRecord } from './file.ts'

export interface FileRead {
  readonly files: FileReader
  readonly conversations: ConversationReader
}

/** The actor's own file, which no message carries yet. @throws DomainError not_found, for a foreign one too (A4) */
export async function requireOwnUpload(files: FileReader, actor: Actor, fileId: string): Promise<FileRecord> {
  const file = await files.get(actor.scope, fileId)
  if (!file || file.uploaderId !== actor.memberId || file.links > 0) throw new DomainError('not_found')
  return file
}

/**
 * A finished file that the actor may have the bytes of: their own while no message carries it; then whoever can see a message that
 * does, now.
 * @throws DomainError not_found, for a foreign one too (A4)
 */
export async function requireVisibleFile(
  read: FileRead,
  actor: Actor,
  fileId: string,
  now: number,
): Promise<FileRecord> {
  const file = await read.files.get(actor.scope, fileId)
  if (file?.state !== 'finished') throw new DomainError('not_found')
  const visible =
    file.links > 0 ? await isInSight(read, actor, fileId, now) : file.uploaderId === actor.memberId
  if (!visible) throw new DomainError('not_found')
  return file
}

/** How many links are looked at in one go; most files have one. */
const LINKS_AT_ONCE = 100

async function isInSight(read: FileRead, actor: Actor, fileId: string, now: number): Promise<boolean> {
  for (let after = 0; ;) {
    const links = await read.files.linksOf(actor.scope, fileId, after, LINKS_AT_ONCE)
    for (const link of links) {
      if (await canSee(read.conversations, actor, link, now)) return true
    }
    const last = links.at(-1)
    if (!last || links.length < LINKS_AT_ONCE) return false
    after = last.seq
  }
}

async function canSee(
  conversations: ConversationReader,
  { scope, memberId }: Actor,
  { conversationId, number, expiresAt }: FileLink,
  now: number,
): Promise<boolean> {
  if (expiresAt !== null && expiresAt <= now) return false
  const mark = await conversations.mark(scope, conversationId, memberId)
  return mark !== null && number >= mark.from && number <= (mark.kept?.until ?? Infinity)
}
