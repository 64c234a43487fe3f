import type { Migration } from './migration.ts'

/** Files, the messages that carry them, what they take together, and the bytes that have to go. */
export const files: Migration = {
  version: 10,
  name: 'files',
  up: `
    CREATE TABLE files (
      n INTEGER PRIMARY KEY AUTOINCREMENT,
      org INTEGER NOT NULL REFERENCES organisations (n),
      id BLOB NOT NULL,
      uploader TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      state TEXT NOT NULL,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      type TEXT NOT NULL,
      upload_size INTEGER NOT NULL,
      size INTEGER NOT NULL,
      part TEXT NOT NULL,
      facts TEXT NOT NULL,
      has_preview INTEGER NOT NULL,
      key_id TEXT NOT NULL,
      wrapped_key TEXT NOT NULL,
      expires_at INTEGER,
      links INTEGER NOT NULL,
      UNIQUE (org, id)
    ) STRICT;
    CREATE INDEX expiring_files ON files (org, expires_at) WHERE expires_at IS NOT NULL;
    CREATE INDEX unsent_files ON files (org, uploader) WHERE links = 0;
    CREATE INDEX files_by_key ON files (org, key_id);

    CREATE TABLE file_links (
      conversation INTEGER NOT NULL REFERENCES conversations (n),
      number INTEGER NOT NULL,
      position INTEGER NOT NULL,
      file INTEGER NOT NULL REFERENCES files (n),
      message BLOB NOT NULL,
      sender TEXT NOT NULL,
      sent_at INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      list TEXT NOT NULL,
      expires_at INTEGER,
      PRIMARY KEY (conversation, number, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX links_of_file ON file_links (file, seq);
    CREATE INDEX links_in_list ON file_links (conversation, list, number);

    CREATE TABLE file_usage (org INTEGER PRIMARY KEY REFERENCES organisations (n), bytes INTEGER NOT NULL) STRICT;
    CREATE TABLE file_removals (
      org INTEGER NOT NULL REFERENCES organisations (n),
      file_id TEXT NOT NULL,
      part TEXT NOT NULL,
      PRIMARY KEY (org, file_id, part)
    ) STRICT, WITHOUT ROWID;
  `,
}
