import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import { createDataVersion } from './data-version.ts';
import { DatabaseError } from './errors.ts';
import { type Migration, migrate, readMigrations } from './migrate.ts';
import type { Database } from './model.ts';

/** What opening a database needs. `migrations` defaults to those shipped. */
export interface OpenOptions {
  readonly path: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Pick<Random, 'bytes'>;
  readonly migrations?: readonly Migration[];
}

/**
 * Opens `path` (made with mode 0600 when absent), checks it, brings its schema up to date. WAL with `synchronous=FULL`: better-sqlite3's default
 * loses the last commits at a power loss (T9). `secure_delete` overwrites what is deleted.
 *
 * @throws DatabaseError. The caller closes what it gets.
 */
export function openDatabase({ path, clock, random, migrations = readMigrations() }: OpenOptions): Database {
  const sql = openFile(path);
  try {
    const verdict = sql.pragma('quick_check(1)', { simple: true });
    if (verdict !== 'ok')
      throw new DatabaseError(
        'damaged',
        `The database ${basename(path)} is damaged (${verdict}). Restore a backup; the damaged file was left as it is.`,
      );
    migrate(
      sql,
      migrations,
      () => clock.now(),
      (tag) => backUp(sql, path, tag),
    );
    return {
      sql,
      storeId: storeIdentity(sql, random),
      transaction: (work) => runTransaction(sql, work),
      dataVersion: createDataVersion({ sql }),
      close: () => sql.close(),
    };
  } catch (error) {
    sql.close();
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(
      'damaged',
      `The database ${basename(path)} cannot be read (${(error as Error).message}). Restore a backup; the file was left as it is.`,
      error,
    );
  }
}

function openFile(path: string): Sqlite.Database {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
    closeToOthers(path);
    const sql = new Sqlite(path, { timeout: 5_000 });
    sql.pragma('journal_mode = WAL');
    sql.pragma('synchronous = FULL');
    sql.pragma('foreign_keys = ON');
    sql.pragma('secure_delete = ON');
    sql.pragma('trusted_schema = OFF');
    return sql;
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(
      'unusable',
      `The database ${path} cannot be opened: ${(error as Error).message}. Check PROSPECTOR_DATABASE and the folder's owner and permissions.`,
      error,
    );
  }
}

/**
 * The database and its log are their owner's alone, however they were left (RELIABILITY §4.60).
 * @throws DatabaseError where they belong to another user
 */
function closeToOthers(path: string): void {
  const user = process.getuid?.();
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    if (!existsSync(file)) continue;
    const { mode, uid } = statSync(file);
    if (user !== undefined && uid !== user)
      throw new DatabaseError(
        'unusable',
        `The database file ${file} belongs to another user (${uid}). Run Prospector as that user, or give it away: chown ${user} ${file}`,
      );
    if ((mode & 0o077) !== 0) chmodSync(file, 0o600);
  }
}

function backUp(sql: Sqlite.Database, path: string, tag: string): void {
  const copy = `${path}.before-${tag}`;
  if (existsSync(copy)) return;
  closeSync(openSync(copy, 'wx', 0o600));
  sql.prepare('VACUUM INTO ?').run(copy);
}

function storeIdentity(sql: Sqlite.Database, random: Pick<Random, 'bytes'>): string {
  sql.prepare("INSERT OR IGNORE INTO meta (key, value) VALUES ('store_id', ?)").run(random.bytes(8).toString('hex'));
  return sql.prepare("SELECT value FROM meta WHERE key = 'store_id'").pluck().get() as string;
}

function runTransaction<Result>(sql: Sqlite.Database, work: () => Result): Result {
  if (sql.inTransaction) return work();
  return sql.transaction(work).immediate();
}
