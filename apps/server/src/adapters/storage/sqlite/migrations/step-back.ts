import { Connection } from '../connection.ts'

const drop = (table: string, ...columns: string[]) =>
  columns.map((column) => `ALTER TABLE ${table} DROP COLUMN ${column};`).join('')

/** For tests: how a file of this version becomes one of the version before; what was only to be had with it is lost. */
const UNDO: Readonly<Record<number, string>> = {
  2: `${drop('marks', 'quiet', 'delivered_at', 'seen_at', 'from_number', 'joined_seq', 'kept_until', 'kept_name')}
    ${drop('messages', 'notice', 'quiet')}
    DROP TABLE group_details;`,
  3: drop('organisations', 'communication'),
  4: 'DROP TABLE activity;',
  5: `${drop('messages', 'extras', 'revised_seq')}
    DROP TABLE edits;`,
  6: 'DROP INDEX revised_messages;',
  7: 'DROP TABLE chat_preferences; DROP TABLE chat_settings;',
  8: `DROP TABLE mentions; DROP TABLE group_pictures; ${drop('group_details', 'picture_version')}`,
  9: `DROP TABLE pushes; DROP TABLE push_follow; DROP TABLE notification_settings; DROP INDEX pushed_sessions;
    ${drop('sessions', 'push')}`,
  10: 'DROP TABLE file_links; DROP TABLE file_usage; DROP TABLE file_removals; DROP TABLE files;',
  11: 'DROP TABLE purges;',
  12: `DROP INDEX expiring_messages; DROP INDEX ending_messages;
    ${drop('chat_preferences', 'archived_quiet')}
    ${drop('messages', 'expires_at')}
    ${drop('conversations', 'disappear_after')}`,
  13: 'DROP INDEX purge_changes;',
  14: `${drop('members', 'privacy')}${drop('marks', 'shown')}`,
  15: 'DROP TABLE replies;',
  16: 'DROP TABLE reactions;',
  17: 'DROP TABLE imported; DROP TABLE imports;',
  18: 'DROP TABLE own_messages;',
  19: drop('conversations', 'pins'),
  20: 'DROP INDEX links_by_age;',
  21: drop('edits', 'mentions'),
}

/** Leaves a closed file as a Parley of that version left it. */
export function stepBack(file: string, version: number): void {
  const db = new Connection(file)
  const newest = Math.max(...Object.keys(UNDO).map(Number))
  for (let undone = newest; undone > version; undone--) db.exec(UNDO[undone] ?? '')
  db.exec(`PRAGMA user_version = ${String(version)}`)
  db.close()
}
