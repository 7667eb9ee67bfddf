import type { Database } from './model.ts';

/**
 * A function that gives another text after every write into the database: rows that this connection has changed, and `PRAGMA data_version`, which
 * tells of all others. Microseconds each.
 */
export function createDataVersion({ sql }: Pick<Database, 'sql'>): () => string {
  const changes = sql.prepare('SELECT total_changes()').pluck();
  return () => `${changes.get()} ${sql.pragma('data_version', { simple: true })}`;
}
