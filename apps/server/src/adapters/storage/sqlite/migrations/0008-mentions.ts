import type { Migration } from './migration.ts'

/**
 * Which messages of a group mention whom: member 0 stands for everybody, so that calling five hundred people is one row. And groups have
 * pictures, kept as those of members are.
 */
export const mentions: Migration = {
  version: 8,
  name: 'mentions',
  up: `
    CREATE TABLE mentions (
      conversation INTEGER NOT NULL,
      member INTEGER NOT NULL,
      number INTEGER NOT NULL,
      PRIMARY KEY (conversation, member, number)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE group_details ADD COLUMN picture_version TEXT;
    CREATE TABLE group_pictures (
      conversation INTEGER PRIMARY KEY REFERENCES conversations (n),
      version TEXT NOT NULL,
      bytes BLOB NOT NULL
    ) STRICT;
  `,
}
