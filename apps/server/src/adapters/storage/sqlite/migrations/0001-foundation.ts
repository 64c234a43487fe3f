import type { Migration } from './migration.ts'

/**
 * Rows point at surrogates, since an index of random ids costs four times the fsync. A message's key is its place in the feed
 * (`packSeq`), so it needs no row there; a mark carries its seq for the same reason.
 */
export const foundation: Migration = {
  version: 1,
  name: 'foundation',
  up: `
    CREATE TABLE organisations (
      n INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      address TEXT NOT NULL,
      expected_users INTEGER NOT NULL,
      owner_name TEXT NOT NULL,
      contact_number TEXT NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE feeds (
      org INTEGER PRIMARY KEY REFERENCES organisations (n),
      head INTEGER NOT NULL DEFAULT 0,
      floor INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE departments (
      org INTEGER NOT NULL REFERENCES organisations (n),
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      PRIMARY KEY (org, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE members (
      n INTEGER PRIMARY KEY AUTOINCREMENT,
      org INTEGER NOT NULL REFERENCES organisations (n),
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      email TEXT NOT NULL,
      email_key TEXT,
      role TEXT NOT NULL,
      department_ids TEXT NOT NULL,
      status_text TEXT NOT NULL,
      password_hash TEXT NOT NULL,
      password_is_temporary INTEGER NOT NULL,
      picture_version TEXT,
      state TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      UNIQUE (org, id),
      UNIQUE (email_key, org)
    ) STRICT;
    CREATE INDEX active_admins ON members (org) WHERE role = 'admin' AND state = 'active';
    CREATE TABLE last_seen (member INTEGER PRIMARY KEY REFERENCES members (n), at INTEGER NOT NULL) STRICT;
    CREATE TABLE pictures (
      member INTEGER PRIMARY KEY REFERENCES members (n),
      version TEXT NOT NULL,
      bytes BLOB NOT NULL
    ) STRICT;

    CREATE TABLE sessions (
      org INTEGER NOT NULL REFERENCES organisations (n),
      id TEXT NOT NULL,
      member INTEGER NOT NULL REFERENCES members (n),
      device TEXT NOT NULL,
      address TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      last_used_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      refresh_hash TEXT NOT NULL,
      ended_at INTEGER,
      PRIMARY KEY (org, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX live_sessions ON sessions (member) WHERE ended_at IS NULL;
    CREATE INDEX expiring_sessions ON sessions (org, expires_at);
    CREATE INDEX ended_sessions ON sessions (org, ended_at) WHERE ended_at IS NOT NULL;
    CREATE TABLE password_resets (
      member INTEGER PRIMARY KEY REFERENCES members (n),
      token_hash TEXT NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE invites (
      org INTEGER NOT NULL REFERENCES organisations (n),
      id TEXT NOT NULL,
      token_hash TEXT NOT NULL,
      email TEXT,
      role TEXT NOT NULL,
      department_ids TEXT NOT NULL,
      created_by TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      state TEXT NOT NULL,
      used_by TEXT,
      used_at INTEGER,
      PRIMARY KEY (org, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE conversations (
      n INTEGER PRIMARY KEY AUTOINCREMENT,
      org INTEGER NOT NULL REFERENCES organisations (n),
      id TEXT NOT NULL,
      kind TEXT NOT NULL,
      created_by TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      UNIQUE (org, id)
    ) STRICT;
    CREATE TABLE directs (
      low INTEGER NOT NULL,
      high INTEGER NOT NULL,
      conversation INTEGER NOT NULL REFERENCES conversations (n),
      PRIMARY KEY (low, high)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE marks (
      conversation INTEGER NOT NULL,
      member INTEGER NOT NULL,
      position INTEGER NOT NULL,
      delivered INTEGER NOT NULL DEFAULT 0,
      seen INTEGER NOT NULL DEFAULT 0,
      seq INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (conversation, member)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX conversations_of_member ON marks (member);

    CREATE TABLE messages (
      n INTEGER PRIMARY KEY,
      conversation INTEGER NOT NULL,
      number INTEGER NOT NULL,
      id BLOB NOT NULL,
      sender INTEGER NOT NULL,
      text TEXT NOT NULL,
      sent_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX messages_by_id ON messages (id);
    CREATE UNIQUE INDEX messages_by_number ON messages (conversation, number);

    CREATE TABLE changes (
      org INTEGER NOT NULL REFERENCES organisations (n),
      audience TEXT NOT NULL,
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      seq INTEGER NOT NULL,
      gone INTEGER NOT NULL,
      PRIMARY KEY (org, audience, kind, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX changes_by_seq ON changes (org, audience, seq);
    CREATE INDEX gone_changes ON changes (org, seq) WHERE gone = 1;
  `,
}
