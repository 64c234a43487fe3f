import { extensionOf } from '@parley/contracts/files/file-name'
import { newFileId } from '@parley/contracts/files/file-id'
import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import { createFile, type FileLimits, type FilesTx } from '../files/create-file.ts'
import { finishFile, type FinishDeps } from '../files/finish-file.ts'
import type { FileKind, FileRecord } from '../files/file.ts'
import { cancelFile } from '../files/remove-file.ts'
import type { OpenedChat } from './open-chat.ts'

export interface ImportedFileDeps extends FinishDeps {
  readonly run: RunUseCase<FilesTx>
  readonly limits: FileLimits
}

const KINDS: Readonly<Record<string, FileKind>> = {
  ...Object.fromEntries(
    ['.jpg', '.jpeg', '.png', '.webp', '.gif', '.heic', '.heif'].map((end) => [end, 'picture']),
  ),
  ...Object.fromEntries(['.mp4', '.mov', '.3gp', '.webm', '.m4v'].map((end) => [end, 'video'])),
  ...Object.fromEntries(
    ['.mp3', '.m4a', '.aac', '.ogg', '.opus', '.wav', '.amr'].map((end) => [end, 'audio']),
  ),
}

/** What a file of a chat is, by how WhatsApp names it; its content decides. */
export function fileKindOf(name: string): FileKind {
  const kind = KINDS[extensionOf(name)] ?? 'document'
  return kind === 'audio' && (/PTT/i.test(name) || extensionOf(name) === '.opus') ? 'voice' : kind
}

/** Why a file is left out while its message is imported all the same; other refusals are of the whole import. */
const LEFT_OUT = new Set([
  'files_not_allowed',
  'file_kind_not_allowed',
  'file_too_large',
  'quota_full',
  'archive_broken',
  'picture_too_large',
  'invalid_input',
])

/**
 * Takes a file of a chat in as if it was uploaded: looked into, made over, encrypted, counted.
 * @returns null where the organisation does not take it, or it is damaged
 * @throws DomainError storage_full and faults, after which it can be tried again
 */
export async function takeInFile(
  deps: ImportedFileDeps,
  actor: Actor,
  chat: OpenedChat,
  name: string,
  now: number,
): Promise<FileRecord | null> {
  const listed = chat.files.get(name)
  if (!listed || listed.size === 0) return null
  const { scope } = actor
  if ((await deps.vault.room()) < listed.size) throw new DomainError('storage_full')
  const id = newFileId()
  const key = deps.vault.makeKey(scope, id)
  const given = { id, name, size: listed.size, type: '', kind: fileKindOf(name) }
  try {
    const file = await deps.run(scope, (tx) => createFile(tx, actor, given, key, deps.limits, now))
    try {
      await deps.vault.append({ scope, id, key: file.key }, listed.size, await chat.openFile(name), 0)
      return await finishFile(deps, actor, id, {}, now)
    } catch (error) {
      await deps.run(scope, (tx) => cancelFile(tx, actor, id)).catch(() => undefined)
      throw error
    }
  } catch (error) {
    if (error instanceof DomainError && LEFT_OUT.has(error.code)) return null
    throw error
  }
}
