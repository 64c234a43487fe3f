import type { Migration } from './migration.ts'

/** Messages that end, and conversations that say so. `disappear_after` is null where messages never were set to disappear, 0 since that was switched off. */
export const disappearing: Migration = {
  version: 12,
  name: 'disappearing messages',
  up: `
    ALTER TABLE chat_preferences ADD COLUMN archived_quiet INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE conversations ADD COLUMN disappear_after INTEGER;
    ALTER TABLE messages ADD COLUMN expires_at INTEGER;
    CREATE INDEX expiring_messages ON messages (n >> 36, expires_at) WHERE expires_at IS NOT NULL;
    CREATE INDEX ending_messages ON messages (conversation, number) WHERE expires_at IS NOT NULL;
  `,
}
