import type { Migration } from './migration.ts'

/** The activity log (A11). The table itself refuses what the port has no method for. */
export const activity: Migration = {
  version: 4,
  name: 'activity',
  up: `
    CREATE TABLE activity (
      org INTEGER NOT NULL REFERENCES organisations (n),
      number INTEGER NOT NULL,
      at INTEGER NOT NULL,
      member TEXT,
      address TEXT NOT NULL,
      device TEXT NOT NULL,
      action TEXT NOT NULL,
      about TEXT NOT NULL,
      changes TEXT NOT NULL,
      previous TEXT NOT NULL,
      hash TEXT NOT NULL,
      PRIMARY KEY (org, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER activity_is_only_continued BEFORE INSERT ON activity
      WHEN NEW.number <> 1 + coalesce((SELECT max(number) FROM activity WHERE org = NEW.org), 0)
      BEGIN SELECT RAISE(ABORT, 'the activity log is append-only'); END;
    CREATE TRIGGER activity_is_never_changed BEFORE UPDATE ON activity
      BEGIN SELECT RAISE(ABORT, 'the activity log is append-only'); END;
    CREATE TRIGGER activity_is_never_removed BEFORE DELETE ON activity
      BEGIN SELECT RAISE(ABORT, 'the activity log is append-only'); END;
  `,
}
