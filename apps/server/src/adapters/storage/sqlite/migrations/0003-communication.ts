import type { Migration } from './migration.ts'

/** The rules of communication, as JSON; null where nobody has set any. */
export const communication: Migration = {
  version: 3,
  name: 'communication',
  up: 'ALTER TABLE organisations ADD COLUMN communication TEXT;',
}
