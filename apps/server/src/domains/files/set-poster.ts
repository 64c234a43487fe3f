import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { requireOwnUpload } from './file-access.ts'
import type { FinishDeps } from './finish-file.ts'

/**
 * A picture that stands for an own video until it plays. Another one takes its place.
 * @throws DomainError not_found, picture_unreadable, storage_full, overloaded
 */
export async function setPoster(
  { run, read, vault, media, locks }: FinishDeps,
  actor: Actor,
  fileId: string,
  bytes: Uint8Array,
): Promise<void> {
  const { scope } = actor
  await requireOwnUpload(read.files, actor, fileId) // whoever asks for the lock interrupts who holds it
  const release = await locks.hold(`${scope}/${fileId}`)
  try {
    const { key, kind } = await requireOwnUpload(read.files, actor, fileId)
    if (kind !== 'video') throw new DomainError('not_found')
    const preview = await media.preparePoster(bytes)
    await vault.put({ scope, id: fileId, key }, 'preview', preview.bytes)
    await run(scope, async ({ files }) => {
      const { facts } = await requireOwnUpload(files, actor, fileId)
      await files.update(scope, fileId, { hasPreview: true, facts: { ...facts, blur: preview.blur } })
    })
  } finally {
    release()
  }
}
