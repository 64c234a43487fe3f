/**
 * Raised with every change of a schema; `protocol-version.test.ts` holds the hash of all schemas and fails when they
 * change without it.
 */
export const PROTOCOL_VERSION = 30

/** Clients that speak an older version than this are asked to reload (`client_too_old`). */
export const OLDEST_PROTOCOL_VERSION = 24

/** The header, and the field in the socket handshake, in which a client names its version. */
export const PROTOCOL_HEADER = 'x-parley-protocol'
