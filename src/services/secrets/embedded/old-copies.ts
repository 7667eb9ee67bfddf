import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { readKeyRow } from './key-row.ts';

/** What became of the copies of a database that were made before its migrations. */
export interface OldCopies {
  /** Files whose secrets were deleted; everything else in them is as it was. */
  readonly emptied: readonly string[];
  /** Files that were no databases any more, so that nothing could be told of what they hold, and were deleted. */
  readonly removed: readonly string[];
}

/**
 * Deletes the secrets of every copy made before a migration that are under another key than the one in force, or, where none is (all secrets are in
 * Vault now), all of them: who has the old key would read them there for ever (issue 19, letter Q). Going back to such a copy means connecting anew.
 * May be interrupted and repeated.
 */
export function emptyOldCopies(db: Sqlite.Database, inForce: Buffer | undefined): OldCopies {
  const emptied: string[] = [];
  const removed: string[] = [];
  for (const file of copiesOf(db.name)) {
    const outcome = empty(file, inForce);
    if (outcome === 'emptied') emptied.push(file);
    if (outcome === 'removed') removed.push(file);
  }
  return { emptied, removed };
}

/** Copies by the name that `database/open.ts` gives them; none for a database in memory. */
function copiesOf(path: string): string[] {
  const prefix = `${basename(path)}.before-`;
  if (path === '' || path.startsWith(':')) return [];
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix) && !/-(?:wal|shm|journal)$/.test(name))
    .sort()
    .map((name) => join(dirname(path), name));
}

function empty(file: string, inForce: Buffer | undefined): 'kept' | 'emptied' | 'removed' {
  let copy: Sqlite.Database | undefined;
  try {
    copy = new Sqlite(file, { fileMustExist: true });
    const tables = copy.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
    if (!tables.includes('secrets') || !tables.includes('secret_key')) return 'kept';
    const row = readKeyRow(copy);
    if (row === undefined || (inForce !== undefined && row.check_nonce.equals(inForce))) return 'kept';
    copy.pragma('secure_delete = ON');
    copy.exec('BEGIN IMMEDIATE; DELETE FROM secrets; DELETE FROM secret_key; COMMIT');
    // Nothing of them may be left on pages that are free.
    copy.exec('VACUUM');
    copy.pragma('wal_checkpoint(TRUNCATE)');
    return 'emptied';
  } catch (error) {
    if (!['SQLITE_NOTADB', 'SQLITE_CORRUPT'].includes((error as { code?: string }).code ?? '')) throw error;
    for (const part of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) rmSync(part, { force: true });
    return 'removed';
  } finally {
    copy?.close();
  }
}
