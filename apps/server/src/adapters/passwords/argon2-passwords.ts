import { hash, verify } from '@node-rs/argon2'
import type { PasswordHasher } from '../../domains/members/password-hasher.ts'
import { refuseWeakPassword } from './password-strength.ts'

/**
 * OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane.
 * Source: OWASP Password Storage Cheat Sheet, "Argon2id".
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** argon2id, run off the event loop by the native library's threads. */
export function createArgon2Passwords(cost: Partial<typeof COST> = {}): PasswordHasher {
  const options = { ...COST, ...cost }
  let decoy: Promise<string> | undefined
  return {
    hash: (password) => hash(password, options),
    async matches(stored, password) {
      if (stored === '') return false
      try {
        return await verify(stored, password)
      } catch {
        return false // not a hash that can be read
      }
    },
    async pretend(password) {
      decoy ??= hash('nobody has this password', options)
      await verify(await decoy, password)
    },
    refuseWeak: refuseWeakPassword,
  }
}
