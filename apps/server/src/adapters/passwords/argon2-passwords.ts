import { hash, verify } from '@node-rs/argon2'
import { createBoundedQueue } from '../../kernel/bounded-queue.ts'
import type { PasswordHasher } from '../../domains/members/password-hasher.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { refuseWeakPassword } from './password-strength.ts'

/**
 * OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane.
 * Source: OWASP Password Storage Cheat Sheet, "Argon2id".
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** argon2id, run off the event loop by the native library's threads. */
export function createArgon2Passwords(cost: Partial<typeof COST> = {}): PasswordHasher {
  const options = { ...COST, ...cost }
  // the native library takes the threads that files, pictures and signatures need too
  const queue = createBoundedQueue(2, 100)
  let decoy: Promise<string> | undefined
  return {
    hash: (password) => queue(() => hash(password, options)),
    async matches(stored, password) {
      if (stored === '') return false
      try {
        return await queue(() => verify(stored, password))
      } catch (error) {
        if (error instanceof DomainError) throw error
        return false // not a hash that can be read
      }
    },
    async pretend(password) {
      decoy ??= hash('nobody has this password', options)
      const stored = await decoy
      await queue(() => verify(stored, password))
    },
    refuseWeak: refuseWeakPassword,
  }
}
