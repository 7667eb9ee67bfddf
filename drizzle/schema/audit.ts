import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/* Who did what. Units and names: README.md of this folder. */

/** What was decided, by whom: appended to, never changed. `hash` covers the entry and the hash before it, so that a gap shows. */
export const auditEntries = sqliteTable('audit_entries', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  occurredAt: integer('occurred_at').notNull(),
  actorKind: text('actor_kind').notNull(),
  actorName: text('actor_name').notNull(),
  action: text().notNull(),
  outcome: text().notNull(),
  details: text().notNull(),
  hash: text().notNull(),
});
