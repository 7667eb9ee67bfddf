import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { systemRandom } from '../../../src/random.ts';
import { type Migration, readMigrations } from '../../../src/services/database/migrate.ts';
import { openDatabase } from '../../../src/services/database/open.ts';

const folder = mkdtempSync(join(tmpdir(), 'prospector-migrate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const open = (name: string, migrations: readonly Migration[]) =>
  openDatabase({ path: join(folder, name), clock: systemClock, random: systemRandom, migrations });
const step = (tag: string, ...statements: string[]): Migration => ({ tag, statements, hash: tag });

const family = step(
  '0000_family',
  'CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)',
  'CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT)',
  'CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parent(id) ON DELETE CASCADE)',
  'CREATE TABLE seen (name TEXT)',
  'CREATE TRIGGER parent_seen AFTER INSERT ON parent BEGIN INSERT INTO seen VALUES (new.name); END',
);
/** What drizzle-kit writes to change a column: the rebuild that empties children under drizzle's own migrator (T2). */
const rebuild = step(
  '0001_rebuild',
  'PRAGMA foreign_keys=OFF',
  'CREATE TABLE __new_parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL)',
  'INSERT INTO __new_parent SELECT id, name FROM parent',
  'DROP TABLE parent',
  'ALTER TABLE __new_parent RENAME TO parent',
  'PRAGMA foreign_keys=ON',
);

it('keeps every child row and trigger when a migration rebuilds the parent table, and backs up first', () => {
  const first = open('rebuild.db', [family]);
  first.sql.exec("INSERT INTO parent VALUES (1, 'a'); INSERT INTO child VALUES (1, 1), (2, 1), (3, 1)");
  first.close();
  const second = open('rebuild.db', [family, rebuild]);
  expect(second.sql.prepare('SELECT count(*) FROM child').pluck().get()).toBe(3);
  second.sql.exec("INSERT INTO parent VALUES (2, 'b')");
  expect(second.sql.prepare('SELECT name FROM seen').pluck().all()).toEqual(['a', 'b']);
  expect(second.sql.pragma('foreign_keys', { simple: true })).toBe(1);
  second.close();
  const backup = new Sqlite(join(folder, 'rebuild.db.before-0001_rebuild'), { readonly: true });
  expect(backup.prepare('SELECT count(*) FROM child').pluck().get()).toBe(3);
  backup.close();
});

it('undoes a step that would lose rows or leave orphans, and says which', () => {
  const first = open('loss.db', [family]);
  first.sql.exec("INSERT INTO parent VALUES (1, 'a'); INSERT INTO child VALUES (1, 1)");
  first.close();
  expect(() => open('loss.db', [family, step('0001_loss', 'DELETE FROM child')])).toThrow(
    'Step 0001_loss of the database could not be applied and was undone: table child had 1 rows and has 0',
  );
  expect(() => open('loss.db', [family, step('0001_orphans', 'DROP TABLE parent')])).toThrow(
    /0001_orphans .* was undone/,
  );
  const again = open('loss.db', [family]);
  expect(again.sql.prepare('SELECT count(*) FROM child').pluck().get()).toBe(1);
  again.close();
});

it('refuses a database of a newer Prospector and names both steps', () => {
  open('newer.db', [family, rebuild]).close();
  expect(() => open('newer.db', [family])).toThrow(
    'The database is at step 0001_rebuild, this Prospector knows steps up to 0000_family.',
  );
});

it('never makes a new database over a damaged one', () => {
  const path = join(folder, 'damaged.db');
  const whole = open('damaged.db', readMigrations());
  whole.close();
  const size = statSync(path).size;
  const raw = new Sqlite(path);
  raw.pragma('journal_mode = DELETE');
  raw.close();
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(4_096 * 3, 0xa5), 0, 4_096 * 3, 4_096);
  closeSync(file);
  expect(() => open('damaged.db', readMigrations())).toThrow(/damaged|cannot be read/);
  expect(statSync(path).size).toBe(size);
});

it('opens with WAL, synchronous FULL, foreign keys, mode 0600, and all steps shipped', () => {
  const db = open('fresh.db', readMigrations());
  expect({
    journal: db.sql.pragma('journal_mode', { simple: true }),
    synchronous: db.sql.pragma('synchronous', { simple: true }),
    foreignKeys: db.sql.pragma('foreign_keys', { simple: true }),
    steps: db.sql.prepare('SELECT tag FROM schema_migrations ORDER BY tag').pluck().all(),
  }).toEqual({ journal: 'wal', synchronous: 2, foreignKeys: 1, steps: readMigrations().map(({ tag }) => tag) });
  for (const name of readdirSync(folder).filter((file) => file.startsWith('fresh.db')))
    expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
  expect(existsSync(join(folder, 'fresh.db-wal'))).toBe(true);
  db.close();
});

it('joins a nested transaction to the outer one and rolls both back', () => {
  const db = open('nested.db', readMigrations());
  expect(() =>
    db.transaction((): undefined => {
      db.transaction((): undefined => {
        db.sql.prepare("INSERT INTO meta (key, value) VALUES ('x', 'y')").run();
        return undefined;
      });
      throw new Error('outer');
    }),
  ).toThrow('outer');
  expect(db.sql.prepare("SELECT value FROM meta WHERE key = 'x'").get()).toBeUndefined();
  db.close();
});
