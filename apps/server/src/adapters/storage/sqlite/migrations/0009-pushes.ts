import type { Migration } from './migration.ts'

/**
 * A session may know where its device is told. `pushes` is the queue and the delivery ledger in one: a row is a job while it is
 * queued and a line afterwards, and of the indexes by time it is in the one or the other.
 */
export const pushes: Migration = {
  version: 9,
  name: 'pushes',
  up: `
    ALTER TABLE sessions ADD COLUMN push TEXT;
    CREATE INDEX pushed_sessions ON sessions (org) WHERE push IS NOT NULL;

    CREATE TABLE notification_settings (
      member INTEGER PRIMARY KEY REFERENCES members (n),
      choices TEXT NOT NULL
    ) STRICT;

    CREATE TABLE push_follow (
      org INTEGER PRIMARY KEY REFERENCES organisations (n),
      seq INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE pushes (
      org INTEGER NOT NULL REFERENCES organisations (n),
      id TEXT NOT NULL,
      member INTEGER NOT NULL REFERENCES members (n),
      session TEXT NOT NULL,
      kind TEXT NOT NULL,
      topic TEXT NOT NULL,
      device TEXT NOT NULL,
      service TEXT NOT NULL,
      number INTEGER NOT NULL,
      state TEXT NOT NULL,
      reason TEXT,
      status INTEGER,
      attempts INTEGER NOT NULL,
      queued_at INTEGER NOT NULL,
      at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      PRIMARY KEY (org, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX pushes_of_member ON pushes (member, id);
    CREATE INDEX pushes_of_topic ON pushes (org, session, topic, id);
    CREATE INDEX due_pushes ON pushes (org, at) WHERE state = 'queued';
    CREATE INDEX ended_pushes ON pushes (org, at) WHERE state <> 'queued';
    CREATE UNIQUE INDEX queued_pushes ON pushes (org, session, topic) WHERE state = 'queued';
  `,
}
