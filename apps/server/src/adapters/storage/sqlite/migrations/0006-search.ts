import type { Migration } from './migration.ts'

/** The search index has a file of its own; here it needs to know only which messages have changed. 36 bits of a key are the seq. */
export const search: Migration = {
  version: 6,
  name: 'search',
  up: 'CREATE INDEX revised_messages ON messages (n >> 36, revised_seq) WHERE revised_seq IS NOT NULL;',
}
