import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/* Own proposals, draft to hire. Units and names: README.md of this folder. */

/** Own proposals: kept for good, they are the owner's. `attempt` is written before anything is sent, so that no crash can send twice. */
export const proposals = sqliteTable(
  'proposals',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    platform: text().notNull(),
    externalId: text('external_id'),
    jobId: text('job_id').notNull(),
    jobExternalId: text('job_external_id').notNull(),
    status: text().notNull(),
    submissionMode: text('submission_mode'),
    coverLetter: text('cover_letter').notNull(),
    terms: text().notNull(),
    answers: text().notNull(),
    connects: integer(),
    attemptAt: integer('attempt_at'),
    refusal: text(),
    createdAt: integer('created_at').notNull(),
    submittedAt: integer('submitted_at'),
    updatedAt: integer('updated_at').notNull(),
    version: integer().notNull(),
  },
  (table) => [
    uniqueIndex('proposals_external').on(table.platform, table.externalId),
    index('proposals_job').on(table.jobExternalId),
    index('proposals_status').on(table.status),
    index('proposals_updated').on(table.updatedAt, table.seq),
  ],
);

/** Every step of every proposal, in order. */
export const proposalHistory = sqliteTable(
  'proposal_history',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    proposalId: text('proposal_id').notNull(),
    status: text().notNull(),
    occurredAt: integer('occurred_at').notNull(),
    source: text().notNull(),
    note: text(),
  },
  (table) => [index('proposal_history_proposal').on(table.proposalId, table.seq)],
);
