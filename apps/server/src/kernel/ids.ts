import { v7 } from 'uuid'

/** A new UUIDv7 (RFC 9562): ordered by time, 74 random bits. */
export const newId = (): string => v7()
