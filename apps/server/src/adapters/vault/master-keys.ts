import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { DomainError } from '../../kernel/domain-error.ts'
import type { SealedKey } from '../../domains/files/file-vault.ts'

export const KEY_BYTES = 32
const NONCE = 12
const TAG = 16
const ALGORITHM = 'aes-256-gcm'

/** The installation's keys under which every file's own key is wrapped. The first wraps; the others only unwrap what was wrapped before a rotation. */
export interface MasterKeys {
  readonly currentId: string
  readonly ids: readonly string[]
  /** @param context what the key is for; a wrapped key opens nothing else */
  wrap(key: Uint8Array, context: Uint8Array): SealedKey
  /** @throws DomainError file_damaged for a key that nobody here wrapped for this */
  unwrap(sealed: SealedKey, context: Uint8Array): Uint8Array
}

/** Names a master key without telling anything of it. */
export const keyIdOf = (masterKey: Uint8Array): string =>
  createHash('sha256').update('parley master key').update(masterKey).digest('hex').slice(0, 16)

/** @param keys of 32 bytes, at least one */
export function createMasterKeys(keys: readonly Uint8Array[]): MasterKeys {
  const byId = new Map(keys.map((key) => [keyIdOf(key), key]))
  const [current] = keys
  if (!current) throw new Error('there is no master key')
  const currentId = keyIdOf(current)
  return {
    currentId,
    ids: [...byId.keys()],
    wrap(key, context) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv(ALGORITHM, current, nonce).setAAD(context)
      const wrapped = Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()])
      return { keyId: currentId, wrapped: wrapped.toString('base64') }
    },
    unwrap({ keyId, wrapped }, context) {
      const masterKey = byId.get(keyId)
      const bytes = Buffer.from(wrapped, 'base64')
      if (!masterKey) throw damaged(context, `was wrapped by the master key ${keyId}, which is not here`)
      if (bytes.length !== NONCE + KEY_BYTES + TAG) throw damaged(context, 'is not whole')
      try {
        const decipher = createDecipheriv(ALGORITHM, masterKey, bytes.subarray(0, NONCE), {
          authTagLength: TAG,
        })
        decipher.setAAD(context).setAuthTag(bytes.subarray(-TAG))
        return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()])
      } catch {
        throw damaged(context, 'was altered, or belongs to another file')
      }
    },
  }
}

/**
 * For the operator, who has to find it; nobody else hears more than the code.
 * @param context as `contextOf` makes it
 */
export function damaged(context: Uint8Array, why: string): DomainError {
  const [, organisation, file, part] = Buffer.from(context).toString().split('\0')
  const which = `${part ?? ''} of file ${file ?? ''} of organisation ${organisation ?? ''}`
  return new DomainError('file_damaged', { cause: new Error(`the ${which} ${why}`) })
}
