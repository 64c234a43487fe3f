import type { Migration } from './migration.ts'

/** Which messages are pinned, as JSON; null for none. */
export const pins: Migration = {
  version: 19,
  name: 'pins',
  up: 'ALTER TABLE conversations ADD COLUMN pins TEXT;',
}
