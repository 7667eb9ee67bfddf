import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/* Saved searches and what they matched. Units and names: README.md of this folder. */

/** Named filters of the person. */
export const savedSearches = sqliteTable('saved_searches', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  name: text().notNull(),
  query: text(),
  criteria: text().notNull(),
  scan: integer({ mode: 'boolean' }).notNull(),
  enabled: integer({ mode: 'boolean' }).notNull(),
  snoozedUntil: integer('snoozed_until'),
  notify: integer({ mode: 'boolean' }).notNull(),
  channelIds: text('channel_ids').notNull(),
  lastScanAt: integer('last_scan_at'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  version: integer().notNull(),
});

/** Which jobs a saved search matched when they were read, or when it was last changed. */
export const searchMatches = sqliteTable(
  'search_matches',
  {
    searchId: text('search_id').notNull(),
    jobId: text('job_id').notNull(),
    matchedAt: integer('matched_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.searchId, table.jobId] }), index('search_matches_job').on(table.jobId)],
);
