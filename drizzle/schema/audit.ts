import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/* Who did what. Units and names: README.md of this folder. */

/**
 * What was done, by whom: appended to, never changed; triggers of a migration of its own hold that. `hash` covers the entry and the hash before it,
 * so that a change or a gap shows.
 */
export const auditEntries = sqliteTable(
  'audit_entries',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    occurredAt: integer('occurred_at').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorName: text('actor_name').notNull(),
    action: text().notNull(),
    outcome: text().notNull(),
    details: text().notNull(),
    hash: text().notNull(),
    /** Id of what it was done to; null where it was done to nothing that has an id. */
    subjectId: text('subject_id'),
    /** The request that asked for it, as the log names it; null where nobody asked. */
    requestId: text('request_id'),
  },
  (table) => [
    index('audit_entries_occurred').on(table.occurredAt, table.seq),
    index('audit_entries_subject').on(table.subjectId),
    index('audit_entries_action').on(table.action, table.seq),
  ],
);
