import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/* What the platform has stopped to tell, and how readable the rest is. Units and names: README.md of this folder. */

/** Fields and parts of the filter that the platform refused to know, by operation. */
export const upstreamLosses = sqliteTable(
  'upstream_losses',
  {
    operation: text().notNull(),
    path: text().notNull(),
    since: integer().notNull(),
    /** When the whole was last asked for. */
    probedAt: integer('probed_at').notNull(),
    /** The platform's words. */
    said: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.operation, table.path] })],
);

/** How often a field was looked at on a UTC day, and came null, unreadable or with an unknown value. */
export const fieldFigures = sqliteTable(
  'field_figures',
  {
    field: text().notNull(),
    day: text().notNull(),
    seen: integer().notNull().default(0),
    withheld: integer().notNull().default(0),
    unreadable: integer().notNull().default(0),
    unknown: integer().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.field, table.day] })],
);

/** A field that has become other than it used to be; deleted once it is as it was. */
export const fieldIncidents = sqliteTable(
  'field_incidents',
  {
    field: text().notNull(),
    change: text({ enum: ['WITHHELD', 'UNREADABLE', 'UNKNOWN'] }).notNull(),
    since: integer().notNull(),
    /** The shape of one such value, without its content; null where there is none. */
    example: text(),
  },
  (table) => [primaryKey({ columns: [table.field, table.change] })],
);
