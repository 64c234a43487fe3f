declare const scoped: unique symbol

/**
 * One organisation's id, proven to be meant as a wall: every store method takes it first (T1), and only a verified
 * credential, an actor or a sign-up makes one.
 */
export type OrgScope = string & { readonly [scoped]: true }

/** Turns an organisation's id into a scope. Call it where a credential was verified, or for the system's own work on all of them; nowhere else. */
export const orgScope = (organisationId: string): OrgScope => organisationId as OrgScope
