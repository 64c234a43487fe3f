import type { Migration } from './migration.ts'

/** What members note of messages for themselves. `message` is the key of `messages`. */
export const ownMessages: Migration = {
  version: 18,
  name: 'own messages',
  up: `
    CREATE TABLE own_messages (
      message INTEGER NOT NULL,
      member INTEGER NOT NULL REFERENCES members (n),
      starred_at INTEGER,
      hidden INTEGER NOT NULL,
      PRIMARY KEY (message, member)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX own_messages_of_member ON own_messages (member);
  `,
}
