import type { Migration } from './migration.ts'

/** What follows the feed for searching finds the purges in it. */
export const searchPurges: Migration = {
  version: 13,
  name: 'search-purges',
  up: "CREATE INDEX purge_changes ON changes (org, seq) WHERE kind = 'purge';",
}
