import type { Migration } from './migration.ts'

/**
 * Chats that were imported, as JSON, and which messages came with which: found by what they say, so that none comes twice, and by their
 * numbers, so that an import can be taken back.
 */
export const imports: Migration = {
  version: 17,
  name: 'imports',
  up: `
    CREATE TABLE imports (
      n INTEGER PRIMARY KEY,
      org INTEGER NOT NULL REFERENCES organisations (n),
      id TEXT NOT NULL,
      conversation INTEGER NOT NULL REFERENCES conversations (n),
      state TEXT NOT NULL,
      record TEXT NOT NULL,
      UNIQUE (org, id)
    ) STRICT;
    CREATE INDEX imports_of_conversation ON imports (conversation, n);
    CREATE INDEX unfinished_imports ON imports (org, n) WHERE state IN ('running', 'undoing');

    CREATE TABLE imported (
      conversation INTEGER NOT NULL REFERENCES conversations (n),
      fingerprint BLOB NOT NULL,
      import INTEGER NOT NULL REFERENCES imports (n),
      number INTEGER NOT NULL,
      PRIMARY KEY (conversation, fingerprint)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX imported_by_number ON imported (import, number);
  `,
}
