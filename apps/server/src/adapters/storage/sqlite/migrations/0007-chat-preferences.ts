import type { Migration } from './migration.ts'

/** What members want of their chats: a row for each chat of which somebody has wanted something. */
export const chatPreferences: Migration = {
  version: 7,
  name: 'chat preferences',
  up: `
    CREATE TABLE chat_preferences (
      member INTEGER NOT NULL REFERENCES members (n),
      conversation INTEGER NOT NULL REFERENCES conversations (n),
      pinned INTEGER NOT NULL,
      muted_until INTEGER,
      archived INTEGER,
      marked_unread INTEGER NOT NULL,
      cleared_number INTEGER,
      cleared_quiet INTEGER,
      PRIMARY KEY (member, conversation)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX pinned_chats ON chat_preferences (member) WHERE pinned = 1;
    CREATE TABLE chat_settings (
      member INTEGER PRIMARY KEY REFERENCES members (n),
      archived_return INTEGER NOT NULL
    ) STRICT;
  `,
}
