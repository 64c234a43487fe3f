import type { Actor } from '../../kernel/actor.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { FilesTx } from './create-file.ts'
import type { FileVault } from './file-vault.ts'
import { PROLONGED_EVERY, UNSENT_LIFETIME, type FileRecord } from './file.ts'
import { requireOwnUpload } from './file-access.ts'

interface Deps {
  readonly run: RunUseCase<FilesTx>
  readonly vault: FileVault
}

/**
 * Takes bytes of an own upload that begin at `from`; what came before the source broke is kept. Its time begins anew.
 * @returns how many bytes are here now
 * @throws DomainError not_found, storage_full, too_large
 */
export async function uploadBytes(
  { run, vault }: Deps,
  actor: Actor,
  file: FileRecord,
  source: AsyncIterable<Uint8Array>,
  from: number,
  now: number,
): Promise<number> {
  const { scope } = actor
  const expiresAt = now + UNSENT_LIFETIME
  if (expiresAt - (file.expiresAt ?? 0) >= PROLONGED_EVERY) {
    await run(scope, async ({ files }) => {
      await requireOwnUpload(files, actor, file.id)
      await files.update(scope, file.id, { expiresAt })
    })
  }
  return vault.append({ scope, id: file.id, key: file.key }, file.uploadSize, source, from)
}
