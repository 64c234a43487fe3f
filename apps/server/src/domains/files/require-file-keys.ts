import { orgScope } from '../../kernel/org-scope.ts'
import { StartupError } from '../../kernel/startup-error.ts'
import type { OrganisationLocator } from '../organisations/organisation-store.ts'
import type { FileReader } from './file-store.ts'

interface Storage {
  readonly organisations: OrganisationLocator
  readonly read: { readonly files: Pick<FileReader, 'otherKeyId'> }
}

const AT_ONCE = 100

/**
 * Makes sure that the database and the master keys belong together: one may have been put back from a backup without the other.
 * @param keyIds of the master keys that are here
 * @throws StartupError when a file needs another
 */
export async function requireFileKeys(
  { organisations, read }: Storage,
  keyIds: readonly string[],
): Promise<void> {
  let after: string | null = null
  for (;;) {
    const ids: string[] = await organisations.idsAfter(after, AT_ONCE)
    for (const id of ids) {
      const lacking = await read.files.otherKeyId(orgScope(id), keyIds)
      if (lacking !== null) throw another(lacking, keyIds)
    }
    after = ids.at(-1) ?? null
    if (ids.length < AT_ONCE) return
  }
}

const another = (lacking: string, keyIds: readonly string[]) =>
  new StartupError(
    `The database knows files that are encrypted under the master key ${lacking}, but here is ${keyIds.join(' and ')}. ` +
      'Is it from a backup that was made before the key was rotated? Then write the key from that backup as a second line into the file ' +
      'master-key (or set PARLEY_PREVIOUS_MASTER_KEY to it), and run: npm run keys -- rotate. Nothing was changed.',
  )
