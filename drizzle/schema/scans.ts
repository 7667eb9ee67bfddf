import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/* Scanning: the ledger, what each scan made of each posting, what may have been missed, what is due. Units and names: README.md of this folder. */

/** The ledger of scans: every attempt is a row, also the crashed one. */
export const scans = sqliteTable(
  'scans',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    platform: text().notNull(),
    trigger: text().notNull(),
    status: text().notNull(),
    phase: text().notNull(),
    dryRun: integer('dry_run', { mode: 'boolean' }).notNull().default(false),
    baseline: integer({ mode: 'boolean' }).notNull().default(false),
    criteria: text(),
    queuedAt: integer('queued_at').notNull(),
    startedAt: integer('started_at'),
    finishedAt: integer('finished_at'),
    durationMs: integer('duration_ms'),
    fetched: integer().notNull().default(0),
    duplicates: integer().notNull().default(0),
    updated: integer().notNull().default(0),
    filteredOut: integer('filtered_out').notNull().default(0),
    new: integer().notNull().default(0),
    notified: integer().notNull().default(0),
    upstreamRequests: integer('upstream_requests').notNull().default(0),
    incident: text(),
    preferencesVersion: integer('preferences_version').notNull(),
    /** SHA-256 of the saved searches it asked Upwork for as well; null where there were none. */
    searchesHash: text('searches_hash'),
    diagnosis: text(),
    /** Somebody, perhaps through another process, asked it to stop. */
    cancelRequestedAt: integer('cancel_requested_at'),
  },
  (table) => [index('scans_queued').on(table.queuedAt), index('scans_status').on(table.status)],
);

/** What one scan made of each posting it fetched. `dropped_by` names the criteria that kept a `filtered` one out. */
export const scanJobs = sqliteTable(
  'scan_jobs',
  {
    scanSeq: integer('scan_seq').notNull(),
    jobSeq: integer('job_seq').notNull(),
    outcome: text({ enum: ['new', 'updated', 'duplicate', 'filtered'] }).notNull(),
    droppedBy: text('dropped_by'),
    /** When its JOB_POSTED was written; null where a silent baseline found it. */
    announcedAt: integer('announced_at'),
  },
  (table) => [
    primaryKey({ columns: [table.scanSeq, table.jobSeq] }),
    index('scan_jobs_announced').on(table.announcedAt).where(sql`announced_at IS NOT NULL`),
  ],
);

/** Criteria (SHA-256 of their canonical JSON) that a whole scan has looked at: what others find first is their silent baseline. */
export const scannedCriteria = sqliteTable(
  'scanned_criteria',
  { platform: text().notNull(), hash: text().notNull(), at: integer().notNull() },
  (table) => [primaryKey({ columns: [table.platform, table.hash] })],
);

/** Stretches of time in which postings may have been missed. `to_at` is null while one still grows. */
export const coverageGaps = sqliteTable(
  'coverage_gaps',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    platform: text().notNull(),
    fromAt: integer('from_at').notNull(),
    toAt: integer('to_at'),
    cause: text().notNull(),
    filledAt: integer('filled_at'),
    /** A whole scan has tried to reach back over it and could not. */
    tried: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (table) => [index('coverage_gaps_to').on(table.platform, table.toAt)],
);

/** When the next scan is due and whether scanning is paused; survives restarts. */
export const scanSchedule = sqliteTable('scan_schedule', {
  platform: text().primaryKey().notNull(),
  nextDueAt: integer('next_due_at'),
  baselineAt: integer('baseline_at'),
  pausedAt: integer('paused_at'),
  pauseReason: text('pause_reason'),
  pausedBy: text('paused_by'),
  /** Everything posted up to here has been looked at, but for what `coverage_gaps` lists; and the same before the last scan. */
  examinedTo: integer('examined_to'),
  examinedBefore: integer('examined_before'),
  /** Scans that failed in a row. */
  failures: integer().notNull().default(0),
});

/** Version and fingerprint of the preferences in force; the preferences themselves are in the YAML, `source` is its text when it was last fine. */
export const preferencesState = sqliteTable('preferences_state', {
  platform: text().primaryKey().notNull(),
  version: integer().notNull(),
  fingerprint: text().notNull(),
  updatedAt: integer('updated_at').notNull(),
  source: text().notNull(),
});
