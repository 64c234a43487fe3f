import type { Migration } from './migration.ts'

/** Which messages answer which: what they quote of one is emptied when it is deleted. Both are keys of `messages`. */
export const replies: Migration = {
  version: 15,
  name: 'replies',
  up: `
    CREATE TABLE replies (
      original INTEGER NOT NULL,
      reply INTEGER NOT NULL,
      PRIMARY KEY (original, reply)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO replies (original, reply)
      SELECT originals.n, messages.n FROM messages
      JOIN messages AS originals ON originals.id = unhex(replace(json_extract(messages.extras, '$.replyTo.id'), '-', ''))
        AND originals.conversation = messages.conversation
      WHERE messages.extras IS NOT NULL;
  `,
}
