import type { OrgScope } from '../../kernel/org-scope.ts'
import type { Transactions } from '../../kernel/transactions.ts'
import type { FileReader, FileWriter } from './file-store.ts'
import type { FileVault } from './file-vault.ts'

interface Storage {
  readonly read: { readonly files: FileReader }
  readonly transactions: Transactions<{ readonly files: FileWriter }>
}

const AT_ONCE = 200

/**
 * Wraps the keys of an organisation's files by the present master key. The files stay as they are.
 * @param oldKeyIds of the master keys that are to be given up
 * @returns how many were wrapped anew
 * @throws DomainError file_damaged for a key that cannot be unwrapped; then the old master key is still needed
 */
export async function rewrapKeys(
  { read, transactions }: Storage,
  vault: FileVault,
  scope: OrgScope,
  oldKeyIds: readonly string[],
): Promise<number> {
  let count = 0
  for (const keyId of oldKeyIds) {
    for (;;) {
      const files = await read.files.sealedUnder(scope, keyId, AT_ONCE)
      const keys = files.map(({ id, key }) => ({ id, key: vault.rewrap({ scope, id, key }) }))
      await transactions.run(scope, async (tx) => {
        for (const { id, key } of keys) if (key) await tx.files.update(scope, id, { key })
      })
      count += files.length
      if (files.length < AT_ONCE) break
    }
  }
  return count
}
