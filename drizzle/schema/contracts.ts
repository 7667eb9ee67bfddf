import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/* Contracts and their milestones. Units and names: README.md of this folder. */

/** Contracts as last read. Amounts in ten-thousandths. */
export const contracts = sqliteTable(
  'contracts',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    platform: text().notNull(),
    externalId: text('external_id').notNull(),
    title: text().notNull(),
    status: text().notNull(),
    type: text().notNull(),
    clientExternalId: text('client_external_id'),
    jobExternalId: text('job_external_id'),
    proposalId: text('proposal_id'),
    rate: integer(),
    currency: text(),
    weeklyLimit: text('weekly_limit'),
    startedAt: integer('started_at'),
    endedAt: integer('ended_at'),
    earned: integer(),
    source: text().notNull(),
    updatedAt: integer('updated_at').notNull(),
    syncedAt: integer('synced_at').notNull(),
  },
  (table) => [uniqueIndex('contracts_external').on(table.platform, table.externalId)],
);

/** Milestones of fixed-price contracts. `announced`: how far its due date was announced (`dueIn48h`, `dueIn24h`, `overdue`). */
export const milestones = sqliteTable(
  'milestones',
  {
    id: text().primaryKey().notNull(),
    contractId: text('contract_id').notNull(),
    externalId: text('external_id').notNull(),
    position: integer().notNull(),
    title: text().notNull(),
    amount: integer().notNull(),
    funded: integer().notNull(),
    paid: integer().notNull(),
    currency: text().notNull(),
    status: text().notNull(),
    dueAt: integer('due_at'),
    paidAt: integer('paid_at'),
    announced: text(),
  },
  (table) => [uniqueIndex('milestones_external').on(table.contractId, table.externalId)],
);
