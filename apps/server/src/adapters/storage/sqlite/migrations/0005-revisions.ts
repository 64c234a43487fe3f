import type { Migration } from './migration.ts'

/**
 * A message may change after it was sent. Its row keeps its place; `extras` holds as JSON what few messages have and nobody looks
 * for, `revised_seq` the newest of its changes. Both are null in nearly all rows, and cost a byte there. What it said before its
 * edits is kept apart, each text with the seq that ended it.
 */
export const revisions: Migration = {
  version: 5,
  name: 'revisions',
  up: `
    ALTER TABLE messages ADD COLUMN extras TEXT;
    ALTER TABLE messages ADD COLUMN revised_seq INTEGER;

    CREATE TABLE edits (
      message INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      text TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (message, seq)
    ) STRICT, WITHOUT ROWID;
  `,
}
