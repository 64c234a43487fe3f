import type { Migration } from './migration.ts'

/** Finds a conversation's files that are too old to be kept: what was imported is older than what stands above it. */
export const filesByAge: Migration = {
  version: 20,
  name: 'files by age',
  up: 'CREATE INDEX links_by_age ON file_links (conversation, sent_at);',
}
