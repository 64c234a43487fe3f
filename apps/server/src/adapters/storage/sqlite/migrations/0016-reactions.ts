import type { Migration } from './migration.ts'

/** What people say to messages without words. `message` is the key of `messages`; `emojis` is JSON, and empty when all were taken back. */
export const reactions: Migration = {
  version: 16,
  name: 'reactions',
  up: `
    CREATE TABLE reactions (
      message INTEGER NOT NULL,
      member INTEGER NOT NULL,
      emojis TEXT NOT NULL,
      at INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (message, member)
    ) STRICT, WITHOUT ROWID;
  `,
}
