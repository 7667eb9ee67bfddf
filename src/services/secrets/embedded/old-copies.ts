import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Database as Sqlite } from 'better-sqlite3';

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
export function emptyOldCopies(db: Sqlite, inForce: Buffer | undefined): OldCopies {
  const emptied: string[] = [];
  const removed: string[] = [];
  for (const file of copiesOf(db.name)) {
    const outcome = empty(db, file, inForce);
    if (outcome === 'emptied') emptied.push(file);
    if (outcome === 'removed') removed.push(file);
  }
  return { emptied, removed };
}

/** Copies by the name that `database/open.ts` gives them; none for a database in memory. */
function copiesOf(path: string): string[] {
  if (path === '' || path.startsWith(':')) return [];
  const prefix = `${basename(path)}.before-`;
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix) && !/-(?:wal|shm|journal)$/.test(name))
    .sort()
    .map((name) => join(dirname(path), name));
}

function empty(db: Sqlite, file: string, inForce: Buffer | undefined): 'kept' | 'emptied' | 'removed' {
  let isAttached = false;
  try {
    db.prepare('ATTACH ? AS copy').run(file);
    isAttached = true;
    const tables = db.prepare("SELECT name FROM copy.sqlite_master WHERE type = 'table'").pluck().all();
    if (!tables.includes('secrets') || !tables.includes('secret_key')) return 'kept';
    const nonce = db.prepare('SELECT check_nonce FROM copy.secret_key WHERE id = 1').pluck().get() as
      | Buffer
      | undefined;
    if (nonce === undefined || (inForce !== undefined && nonce.equals(inForce))) return 'kept';
    db.pragma('copy.secure_delete = ON');
    db.exec('BEGIN IMMEDIATE; DELETE FROM copy.secrets; DELETE FROM copy.secret_key; COMMIT');
    // Nothing of them may be left on pages that are free.
    db.exec('VACUUM copy');
    return 'emptied';
  } catch (error) {
    if (!['SQLITE_NOTADB', 'SQLITE_CORRUPT'].includes((error as { code?: string }).code ?? '')) throw error;
    for (const part of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) rmSync(part, { force: true });
    return 'removed';
  } finally {
    if (isAttached) db.exec('DETACH copy');
  }
}
