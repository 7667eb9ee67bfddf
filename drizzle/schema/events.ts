import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/* The log behind every subscription. Units and names: README.md of this folder. */

/** The log behind every subscription. Rows name their subjects; content taken from the platform is never copied into them. */
export const events = sqliteTable(
  'events',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    type: text().notNull(),
    occurredAt: integer('occurred_at').notNull(),
    subjectId: text('subject_id'),
    payload: text().notNull(),
  },
  (table) => [index('events_type').on(table.type, table.seq), index('events_occurred').on(table.occurredAt)],
);
