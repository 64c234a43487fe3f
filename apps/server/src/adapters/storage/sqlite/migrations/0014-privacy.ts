import type { Migration } from './migration.ts'

/** What members hide of themselves; `shown` is what others know of a mark's `seen`, where that is less. */
export const privacy: Migration = {
  version: 14,
  name: 'privacy',
  up: `
    ALTER TABLE members ADD COLUMN privacy TEXT;
    ALTER TABLE marks ADD COLUMN shown INTEGER;
  `,
}
