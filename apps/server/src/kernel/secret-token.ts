import { createHash, randomBytes } from 'node:crypto'
import { parse, stringify } from 'uuid'
import { orgScope, type OrgScope } from './org-scope.ts'

const ID_BYTES = 16
const SECRET_BYTES = 32

export interface SecretToken {
  /** What the person gets: base64url of organisation id, entity id and 256 random bits. */
  readonly token: string
  /** What is stored (A1, A9): SHA-256 in hex. A random secret of this size needs no slow hash. */
  readonly hash: string
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Makes a token that names its organisation and entity, so that looking it up needs no unscoped read. */
export function makeSecretToken(scope: OrgScope, entityId: string): SecretToken {
  const token = Buffer.concat([parse(scope), parse(entityId), randomBytes(SECRET_BYTES)]).toString(
    'base64url',
  )
  return { token, hash: hashOf(token) }
}

/** Takes a token apart; null for anything that `makeSecretToken` did not make. Whether it is valid, the stored hash tells. */
export function readSecretToken(token: string): { scope: OrgScope; entityId: string; hash: string } | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== 2 * ID_BYTES + SECRET_BYTES) return null
  try {
    return {
      scope: orgScope(stringify(bytes, 0)),
      entityId: stringify(bytes, ID_BYTES),
      hash: hashOf(token),
    }
  } catch {
    return null // not two UUIDs
  }
}
