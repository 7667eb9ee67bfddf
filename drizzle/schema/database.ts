import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/* What the database knows of itself, who holds what, and which mutations have been answered. Units and names: README.md of this folder. */

/** Facts about this database itself, such as `store_id`, which a cursor carries so that one of another database is refused. */
export const meta = sqliteTable('meta', { key: text().primaryKey().notNull(), value: text().notNull() });

/** Leases with fencing: whoever writes under a lease proves that its epoch is still the newest. */
export const leases = sqliteTable('leases', {
  name: text().primaryKey().notNull(),
  owner: text().notNull(),
  epoch: integer().notNull(),
  until: integer().notNull(),
});

/** Stored outcomes of mutations that carry an idempotency key. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    operation: text().notNull(),
    key: text().notNull(),
    inputHash: text('input_hash').notNull(),
    resultId: text('result_id').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.operation, table.key] })],
);
