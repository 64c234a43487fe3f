import type { Migration } from './migration.ts'

/**
 * A participant's row says what of the history is theirs; it stays when they keep something of a group they are no longer in.
 * Columns with defaults are added without rewriting what is there: until now nobody kept anything, and there were no system lines.
 */
export const groups: Migration = {
  version: 2,
  name: 'groups',
  up: `
    ALTER TABLE marks ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE marks ADD COLUMN delivered_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE marks ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE marks ADD COLUMN from_number INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE marks ADD COLUMN joined_seq INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE marks ADD COLUMN kept_until INTEGER;
    ALTER TABLE marks ADD COLUMN kept_name TEXT;

    ALTER TABLE messages ADD COLUMN notice TEXT;
    ALTER TABLE messages ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;

    CREATE TABLE group_details (
      conversation INTEGER PRIMARY KEY REFERENCES conversations (n),
      name TEXT NOT NULL,
      description TEXT NOT NULL,
      admin_ids TEXT NOT NULL,
      announcement_only INTEGER NOT NULL,
      members_may_add INTEGER NOT NULL,
      newcomers_see_history INTEGER NOT NULL,
      reach_delivered INTEGER NOT NULL DEFAULT 0,
      reach_seen INTEGER NOT NULL DEFAULT 0
    ) STRICT;
  `,
}
