import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database as Sqlite } from 'better-sqlite3';
import { DatabaseError } from './errors.ts';

/** One step of the schema, as drizzle-kit wrote it. */
export interface Migration {
  readonly tag: string;
  readonly statements: readonly string[];
  readonly hash: string;
}

/** Reads `drizzle/migrations`, found upwards from this file, so that sources and the built bundle share one copy. */
export function readMigrations(folder = findMigrations()): Migration[] {
  const journal = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as {
    entries: { tag: string }[];
  };
  return journal.entries.map(({ tag }) => {
    const text = readFileSync(join(folder, `${tag}.sql`), 'utf8');
    const statements = text.split('--> statement-breakpoint').filter((part) => part.trim() !== '');
    return { tag, statements, hash: createHash('sha256').update(text).digest('hex') };
  });
}

/**
 * Brings the database up to the newest step. drizzle's own migrator silently empties child tables on a rebuild (T2), therefore: foreign keys off
 * outside any transaction, each step with its version row in one transaction, triggers that a rebuild dropped made again, no row lost, and
 * `foreign_key_check` empty before the commit.
 *
 * @param backup called once before the first step on a database that already holds data
 * @throws DatabaseError `newer` for a database of a newer Prospector, `migration` when a step fails (nothing of it stays)
 */
export function migrate(
  sql: Sqlite,
  migrations: readonly Migration[],
  now: () => Date,
  backup: (tag: string) => void,
): void {
  sql.exec(
    'CREATE TABLE IF NOT EXISTS schema_migrations (tag TEXT PRIMARY KEY NOT NULL, hash TEXT NOT NULL, applied_at INTEGER NOT NULL)',
  );
  const applied = sql.prepare('SELECT tag FROM schema_migrations ORDER BY tag').pluck().all() as string[];
  const unknown = applied.filter((tag) => !migrations.some((migration) => migration.tag === tag));
  if (unknown.length > 0) {
    throw new DatabaseError(
      'newer',
      `The database is at step ${unknown.at(-1)}, this Prospector knows steps up to ${migrations.at(-1)?.tag}. Run the newer Prospector, or restore a backup made by this one.`,
    );
  }
  const pending = migrations.filter((migration) => !applied.includes(migration.tag));
  if (pending.length > 0 && applied.length > 0) backup(pending[0]?.tag ?? '');
  sql.pragma('foreign_keys = OFF');
  try {
    for (const migration of pending) apply(sql, migration, now);
  } finally {
    sql.pragma('foreign_keys = ON');
  }
}

function apply(sql: Sqlite, migration: Migration, now: () => Date): void {
  const step = sql.transaction(() => {
    // Another process may have come first while this one waited for the lock.
    if (sql.prepare('SELECT 1 FROM schema_migrations WHERE tag = ?').get(migration.tag)) return;
    const before = rowCounts(sql);
    const triggers = sql
      .prepare("SELECT name, tbl_name AS tableName, sql FROM sqlite_master WHERE type = 'trigger'")
      .all() as Trigger[];
    for (const statement of migration.statements) sql.exec(statement);
    restoreTriggers(sql, triggers);
    const after = rowCounts(sql);
    for (const [table, count] of before) {
      const left = after.get(table);
      if (left !== undefined && left !== count) throw new Error(`table ${table} had ${count} rows and has ${left}`);
    }
    const orphans = sql.pragma('foreign_key_check') as unknown[];
    if (orphans.length > 0) throw new Error(`${orphans.length} rows refer to rows that are gone`);
    sql
      .prepare('INSERT INTO schema_migrations (tag, hash, applied_at) VALUES (?, ?, ?)')
      .run(migration.tag, migration.hash, now().getTime());
  });
  try {
    step.immediate();
  } catch (error) {
    throw new DatabaseError(
      'migration',
      `Step ${migration.tag} of the database could not be applied and was undone: ${(error as Error).message}.`,
      error,
    );
  }
}

interface Trigger {
  name: string;
  tableName: string;
  sql: string;
}

function restoreTriggers(sql: Sqlite, triggers: readonly Trigger[]): void {
  const has = sql.prepare('SELECT 1 FROM sqlite_master WHERE type = ? AND name = ?');
  for (const trigger of triggers) {
    if (!has.get('trigger', trigger.name) && has.get('table', trigger.tableName)) sql.exec(trigger.sql);
  }
}

function rowCounts(sql: Sqlite): Map<string, number> {
  const tables = sql
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_fts%' AND name <> 'schema_migrations'",
    )
    .pluck()
    .all() as string[];
  return new Map(
    tables.map((table) => [table, sql.prepare(`SELECT count(*) FROM "${table}"`).pluck().get() as number]),
  );
}

function findMigrations(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'drizzle', 'migrations', 'meta', '_journal.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new DatabaseError(
        'migration',
        'The folder drizzle/migrations is missing from this installation. Install Prospector again.',
      );
    folder = parent;
  }
  return join(folder, 'drizzle', 'migrations');
}
