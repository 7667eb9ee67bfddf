import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/* Requests to the platform: made, and left. Units and names: README.md of this folder. */

/** Requests made, by UTC day and purpose. */
export const budgetUsage = sqliteTable(
  'budget_usage',
  { platform: text().notNull(), day: text().notNull(), purpose: text().notNull(), count: integer().notNull() },
  (table) => [primaryKey({ columns: [table.platform, table.day, table.purpose] })],
);

/** The token bucket shared by all processes on this database. */
export const budgetState = sqliteTable('budget_state', {
  platform: text().primaryKey().notNull(),
  tokens: real().notNull(),
  filledAt: integer('filled_at').notNull(),
  ceiling: real().notNull(),
  throttledUntil: integer('throttled_until'),
  throttleCount: integer('throttle_count').notNull().default(0),
  /** When the last request left, whoever made it. */
  departedAt: integer('departed_at').notNull().default(0),
});
