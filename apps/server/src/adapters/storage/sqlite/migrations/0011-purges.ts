import type { Migration } from './migration.ts'

/**
 * What of a conversation's history is gone for good, as JSON, and the number that was given last: its message may be among what
 * is gone. No row where nothing is.
 */
export const purges: Migration = {
  version: 11,
  name: 'purges',
  up: `
    CREATE TABLE purges (
      conversation INTEGER PRIMARY KEY REFERENCES conversations (n),
      ranges TEXT NOT NULL,
      last_number INTEGER NOT NULL,
      last_quiet INTEGER NOT NULL
    ) STRICT;
  `,
}
