import { sql } from 'drizzle-orm';
import { blob, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/*
 * Every table of prospector.db. Instants (`…_at`) are milliseconds since 1970 UTC. Money is an integer in ten-thousandths of its currency's unit.
 * JSON columns are named by what they list. Full-text search (`jobs_fts`) is a virtual table made by a migration of its own.
 */

/** Facts about this database itself, such as `store_id`, which a cursor carries so that one of another database is refused. */
export const meta = sqliteTable('meta', { key: text().primaryKey().notNull(), value: text().notNull() });

/** Embedded secret store: ciphertext only (AES-256-GCM, associated data = path + version). */
export const secrets = sqliteTable('secrets', {
  path: text().primaryKey().notNull(),
  version: integer().notNull(),
  nonce: blob({ mode: 'buffer' }).notNull(),
  ciphertext: blob({ mode: 'buffer' }).notNull(),
});

/** How the embedded store's key is had, and a known text under it that tells a wrong key. One row. */
export const secretKey = sqliteTable('secret_key', {
  id: integer().primaryKey().notNull(),
  kdf: text({ enum: ['file', 'scrypt'] }).notNull(),
  salt: blob({ mode: 'buffer' }),
  checkNonce: blob('check_nonce', { mode: 'buffer' }).notNull(),
  checkCiphertext: blob('check_ciphertext', { mode: 'buffer' }).notNull(),
});

/** API tokens of Prospector's own: hashes only. */
export const apiTokens = sqliteTable('api_tokens', {
  id: text().primaryKey().notNull(),
  name: text().notNull(),
  prefix: text().notNull(),
  hash: text().notNull().unique(),
  scopes: text().notNull(),
  createdAt: integer('created_at').notNull(),
  lastUsedAt: integer('last_used_at'),
  expiresAt: integer('expires_at'),
  revokedAt: integer('revoked_at'),
});

/** Browser sessions: the hash of the cookie and the token it stands for. */
export const sessions = sqliteTable('sessions', {
  hash: text().primaryKey().notNull(),
  tokenId: text('token_id').notNull(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
});

/** One-time login links, hashed. */
export const loginLinks = sqliteTable('login_links', {
  hash: text().primaryKey().notNull(),
  tokenId: text('token_id').notNull(),
  expiresAt: integer('expires_at').notNull(),
});

/** The connection to the platform: who and since when, never a token. The status shown is worked out from these facts. */
export const connections = sqliteTable('connections', {
  platform: text().primaryKey().notNull(),
  /** How the authorization itself stands; `DISCONNECTED`: nothing was ever held, or it was given up. */
  status: text().notNull(),
  /** The status last announced in an event, so that a change is announced once, and since when it is shown. */
  announcedStatus: text('announced_status').notNull(),
  statusChangedAt: integer('status_changed_at').notNull(),
  /** Since when tokens are held; null: none are. */
  connectedAt: integer('connected_at'),
  restrictedAt: integer('restricted_at'),
  /** Since when the platform answers in ways that fit nothing. */
  failingSince: integer('failing_since'),
  account: text(),
  /** External id of the account this database belongs to; survives a disconnect. */
  ownerAccountId: text('owner_account_id'),
  tenantId: text('tenant_id'),
  /** What probing found the key to hold. */
  scopes: text().notNull(),
  tokenExpiresAt: integer('token_expires_at'),
  tokenRefreshedAt: integer('token_refreshed_at'),
  /** The last good answer, to the minute. */
  tokenUsedAt: integer('token_used_at'),
  connectsBalance: integer('connects_balance'),
  expiredReason: text('expired_reason'),
  expiredAt: integer('expired_at'),
  incident: text(),
  /** How long the token endpoint is left alone after failures; shared by all processes. */
  refreshBackOff: text('refresh_back_off'),
  /** Number of the newest refresh token ever held: tells a restored backup. */
  tokenGeneration: integer('token_generation').notNull(),
});

/** Attempts to authorize. State and browser are hashed; state, verifier and credentials of the open one are in the secret store. */
export const connectionFlows = sqliteTable(
  'connection_flows',
  {
    id: text().primaryKey().notNull(),
    platform: text().notNull(),
    status: text().notNull(),
    stateHash: text('state_hash').notNull().unique(),
    browserHash: text('browser_hash'),
    redirectUri: text('redirect_uri').notNull(),
    returnTo: text('return_to'),
    allowAccountChange: integer('allow_account_change', { mode: 'boolean' }).notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    completedAt: integer('completed_at'),
    failure: text(),
  },
  (table) => [index('connection_flows_created').on(table.createdAt)],
);

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

/**
 * A posting once stored. Content columns are emptied when `content_expires_at` has passed. Short columns stand before long ones: SQLite walks through
 * a row's overflow pages to reach what stands behind a long text.
 */
export const jobs = sqliteTable(
  'jobs',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    platform: text().notNull(),
    /** Canonical numeric id; the ciphertext where Upwork has given no number. */
    externalId: text('external_id').notNull(),
    ciphertext: text(),
    /** When it first matched what the owner asked for; null while it has not: such a job serves diagnosis and previews alone. */
    matchedAt: integer('matched_at'),
    postedAt: integer('posted_at').notNull(),
    renewedAt: integer('renewed_at'),
    firstSeenAt: integer('first_seen_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    contentExpiresAt: integer('content_expires_at'),
    contentPurgedAt: integer('content_purged_at'),
    state: text().notNull(),
    applied: integer({ mode: 'boolean' }).notNull().default(false),
    triage: text().notNull().default('NEW'),
    score: integer(),
    scoredAt: integer('scored_at'),
    type: text(),
    hourlyMin: integer('hourly_min'),
    hourlyMax: integer('hourly_max'),
    fixedBudget: integer('fixed_budget'),
    /** Of the hourly rate and the fixed budget. */
    currency: text(),
    connectsRequired: integer('connects_required'),
    experienceLevel: text('experience_level'),
    workload: text(),
    duration: text(),
    categoryId: text('category_id'),
    categoryLabel: text('category_label'),
    subcategoryId: text('subcategory_id'),
    subcategoryLabel: text('subcategory_label'),
    clientExternalId: text('client_external_id'),
    clientCountry: text('client_country'),
    clientCity: text('client_city'),
    clientTimeZone: text('client_time_zone'),
    clientVerified: integer('client_verified', { mode: 'boolean' }),
    /** Ten-thousandths of a star. */
    clientRating: integer('client_rating'),
    clientReviews: integer('client_reviews'),
    clientSpent: integer('client_spent'),
    clientSpentCurrency: text('client_spent_currency'),
    clientHires: integer('client_hires'),
    clientPosted: integer('client_posted'),
    clientMemberSince: text('client_member_since'),
    proposals: integer(),
    interviewing: integer(),
    invitesSent: integer('invites_sent'),
    hires: integer(),
    lastViewedByClientAt: integer('last_viewed_by_client_at'),
    activityAt: integer('activity_at'),
    /** Hash of the content that counts as an edit when it changes. */
    contentHash: text('content_hash').notNull(),
    tags: text().notNull().default('[]'),
    title: text().notNull(),
    skills: text().notNull(),
    scoreFactors: text('score_factors'),
    notes: text(),
    questions: text().notNull(),
    description: text().notNull(),
    /** What full-text search indexes: the words of title, description and skills, folded (services/jobs/words.ts). */
    titleWords: text('title_words').notNull().default(''),
    skillWords: text('skill_words').notNull().default(''),
    descriptionWords: text('description_words').notNull().default(''),
    raw: text(),
  },
  (table) => [
    uniqueIndex('jobs_external').on(table.platform, table.externalId),
    index('jobs_ciphertext').on(table.ciphertext),
    index('jobs_posted').on(table.postedAt, table.seq),
    index('jobs_feed').on(table.postedAt, table.seq).where(sql`matched_at IS NOT NULL`),
    index('jobs_feed_seen').on(table.firstSeenAt, table.seq).where(sql`matched_at IS NOT NULL`),
    index('jobs_expiry').on(table.contentExpiresAt).where(sql`content_purged_at IS NULL`),
  ],
);

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

/** Version and fingerprint of the preferences in force; the preferences themselves are in the YAML, `source` is its text when it was last fine. */
export const preferencesState = sqliteTable('preferences_state', {
  platform: text().primaryKey().notNull(),
  version: integer().notNull(),
  fingerprint: text().notNull(),
  updatedAt: integer('updated_at').notNull(),
  source: text().notNull(),
});

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

/** The platform's category tree as last fetched. */
export const categoryTrees = sqliteTable('category_trees', {
  platform: text().primaryKey().notNull(),
  tree: text().notNull(),
  fetchedAt: integer('fetched_at').notNull(),
});

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
});

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
