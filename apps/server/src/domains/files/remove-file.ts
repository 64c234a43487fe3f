import type { Actor } from '../../kernel/actor.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { requireOwnUpload } from './file-access.ts'
import type { FileWriter } from './file-store.ts'
import type { FileRecord } from './file.ts'

interface Tx {
  readonly files: FileWriter
}

/** Removes a file that nothing refers to: its row now, its bytes as soon as that is committed. */
export async function removeFile({ files }: Tx, scope: OrgScope, file: FileRecord): Promise<void> {
  await files.remove(scope, file.id)
  await files.addUsedBytes(scope, -file.size)
  await files.queueRemoval(scope, { fileId: file.id, part: 'all' })
}

/** The uploader thinks better of it. @throws DomainError not_found */
export async function cancelFile(tx: Tx, actor: Actor, fileId: string): Promise<void> {
  await removeFile(tx, actor.scope, await requireOwnUpload(tx.files, actor, fileId))
}

/** Removes files that nobody has sent in their time. @returns how many */
export async function removeExpired(tx: Tx, scope: OrgScope, now: number, limit: number): Promise<number> {
  const expired = await tx.files.expired(scope, now, limit)
  for (const file of expired) await removeFile(tx, scope, file)
  return expired.length
}
