import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { BlobStore } from './blob-store.ts'
import type { FilesTx } from './create-file.ts'
import type { FileReader, FileRemoval } from './file-store.ts'
import type { FileVault } from './file-vault.ts'
import { removeExpired } from './remove-file.ts'

export interface SweepDeps {
  readonly run: RunUseCase<Pick<FilesTx, 'files'>>
  readonly read: { readonly files: FileReader }
  readonly vault: FileVault
}

/** So many at once, so that messages are not kept waiting. */
const AT_ONCE = 50

/** A blob that nobody refers to may be one that is being written this moment. */
const ORPHAN_AFTER = 60 * 60 * 1000

/** Removes the bytes that an organisation's deletions have left behind. @returns how many were removed */
export async function removeBytes({ run, read, vault }: SweepDeps, scope: OrgScope): Promise<number> {
  let removed = 0
  for (;;) {
    const removals = await read.files.removals(scope, AT_ONCE)
    for (const { fileId, part } of removals)
      await vault.remove(scope, fileId, part === 'all' ? undefined : part)
    if (removals.length > 0) await run(scope, (tx) => forgetAll(tx.files, scope, removals))
    removed += removals.length
    if (removals.length < AT_ONCE) return removed
  }
}

async function forgetAll(
  files: FilesTx['files'],
  scope: OrgScope,
  removals: readonly FileRemoval[],
): Promise<void> {
  for (const removal of removals) await files.forgetRemoval(scope, removal)
}

/** Removes what nobody has sent in its time, and the bytes of all that is gone. */
export async function sweepOrganisation(deps: SweepDeps, scope: OrgScope, now: number): Promise<void> {
  const sweep = () => deps.run(scope, (tx) => removeExpired(tx, scope, now, AT_ONCE))
  if ((await deps.read.files.expired(scope, now, 1)).length > 0) while ((await sweep()) === AT_ONCE);
  await removeBytes(deps, scope)
}

/**
 * Removes blobs that no row refers to: a crash came between the two, or a backup of the database was put back that knows nothing of them.
 * @returns how many were removed
 */
export async function removeOrphans(
  read: { readonly files: FileReader },
  blobs: Pick<BlobStore, 'list' | 'remove'>,
  now: number,
): Promise<number> {
  let removed = 0
  for await (const { address, writtenAt } of blobs.list()) {
    if (now - writtenAt < ORPHAN_AFTER) continue
    const { scope, fileId, part } = address
    const file = await read.files.get(scope, fileId)
    const isOwned =
      file !== null && (part === 'original' ? file.part === 'original' || file.state === 'uploading' : true)
    if (isOwned) continue
    await blobs.remove(address)
    removed += 1
  }
  return removed
}
