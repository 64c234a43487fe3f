import * as z from 'zod/mini'

export const role = z.enum(['admin', 'manager', 'member'])
export type Role = z.infer<typeof role>

/**
 * Who may call a route or send an event at all (A3). Which object they may touch is decided by the
 * domain's access door. `public` names its reason, because everything public is a risk.
 */
export type Permission =
  | { readonly kind: 'public'; readonly why: string }
  /** `evenWithTemporaryPassword`: allowed although a new password has to be chosen first. */
  | {
      readonly kind: 'signed-in'
      readonly roles?: readonly Role[]
      readonly evenWithTemporaryPassword?: true
    }

export const signedIn = { kind: 'signed-in' } as const satisfies Permission
export const adminOnly = { kind: 'signed-in', roles: ['admin'] } as const satisfies Permission
export const anyoneBecause = (why: string) => ({ kind: 'public', why }) as const satisfies Permission
