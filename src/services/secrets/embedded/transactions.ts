import type { Database as Sqlite } from 'better-sqlite3';
import { SecretStoreError } from '../model.ts';

/** Runs `work` on one state of the database. @throws SecretStoreError `corrupt`, `unreachable`, and what `work` throws */
export function reading<Result>(sql: Sqlite, work: () => Result): Result {
  return inOurWords(() => sql.transaction(work).deferred(), unreadable);
}

/** Runs `work` alone among all processes, and commits all of it or nothing. @throws SecretStoreError `corrupt`, `write_failed`, and what `work` throws */
export function writing<Result>(sql: Sqlite, work: () => Result): Result {
  return inOurWords(() => sql.transaction(work).immediate(), unwritable);
}

/** Overwrites what lies in the write-ahead log of secrets that are gone. A reader may prevent it; then the next checkpoint does. */
export function forgetOldPages(sql: Sqlite): void {
  inOurWords(() => sql.pragma('wal_checkpoint(TRUNCATE)'), unwritable);
}

/** SQLite's errors hold no values of ours, but they are rebuilt all the same (T4). */
function inOurWords<Result>(
  work: () => Result,
  otherwise: (code: string) => readonly ['unreachable' | 'write_failed', string],
): Result {
  try {
    return work();
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (error instanceof SecretStoreError || typeof code !== 'string' || !code.startsWith('SQLITE_')) throw error;
    const cause = new Error(code);
    if (/^SQLITE_(?:CORRUPT|NOTADB)/.test(code))
      throw new SecretStoreError(
        'corrupt',
        `The database is damaged (${code}). Restore a backup; the damaged file was left as it is.`,
        { cause },
      );
    if (code.startsWith('SQLITE_BUSY'))
      throw new SecretStoreError(
        'unreachable',
        'Another process has kept the database to itself for 5 seconds. Try again; if it stays, see which programs have the file open.',
        { cause },
      );
    throw new SecretStoreError(...otherwise(code), { cause });
  }
}

const unreadable = (code: string) =>
  [
    'unreachable',
    `The database could not be read (${code}). Try again; if it stays, look at the log of the server.`,
  ] as const;
const unwritable = (code: string) =>
  [
    'write_failed',
    `The secrets could not be stored (${code}). Check the free space and permissions of the database's folder.`,
  ] as const;
