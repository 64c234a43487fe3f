import type { Migration } from './migration.ts'

/** Whom a message mentioned before an edit: who has left keeps it as it was. Of edits from before nobody knows. */
export const mentionsOfEdits: Migration = {
  version: 21,
  name: 'mentions of edits',
  up: 'ALTER TABLE edits ADD COLUMN mentions TEXT;',
}
