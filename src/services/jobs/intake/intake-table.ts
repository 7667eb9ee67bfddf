import type { Database } from '../../database/model.ts';
import type { ExternalIds } from '../external-id.ts';
import { type Content, type Counters, wordColumnsOf } from './content.ts';

const platform = 'upwork';

/** What is asked first of a job that may be known. */
export interface KnownJob {
  readonly seq: number;
  readonly id: string;
  readonly external_id: string;
  readonly ciphertext: string | null;
  readonly content_hash: string;
  readonly content_purged_at: number | null;
  readonly matched_at: number | null;
  /** 0 while it is known from a proposal alone. */
  readonly scanned: 0 | 1;
}

/** What a new row has beside content and counters. */
interface NewJob {
  readonly id: string;
  readonly scanned: 0 | 1;
  readonly external_id: string;
  readonly ciphertext: string | null;
  readonly posted_at: number;
  readonly first_seen_at: number;
  readonly content_expires_at: number;
  readonly content_hash: string;
}

const contentColumns: readonly (keyof Content)[] = [
  'state',
  'type',
  'hourly_min',
  'hourly_max',
  'fixed_budget',
  'currency',
  'connects_required',
  'experience_level',
  'workload',
  'duration',
  'preferred_locations',
  'location_mandatory',
  'category_id',
  'category_label',
  'subcategory_id',
  'subcategory_label',
  'client_external_id',
  'client_country',
  'client_city',
  'client_time_zone',
  'client_verified',
  'title',
  'skills',
  'questions',
  'description',
];
const wordColumns = ['title_words', 'skill_words', 'description_words'];
const counterColumns: readonly (keyof Counters)[] = [
  'renewed_at',
  'client_rating',
  'client_reviews',
  'client_spent',
  'client_spent_currency',
  'client_hires',
  'client_posted',
  'client_member_since',
  'proposals',
  'interviewing',
  'invites_sent',
  'hires',
  'raw',
];
const activityColumns = ['proposals', 'interviewing', 'invites_sent', 'hires'] as const;
/** Counters the score looks at. */
const scoredColumns = ['client_rating', 'client_spent', 'client_hires', 'proposals'];
const newColumns = [
  'id',
  'scanned',
  'external_id',
  'ciphertext',
  'posted_at',
  'first_seen_at',
  'content_expires_at',
  'content_hash',
];

/** The statements of intake. All run inside the caller's transaction. */
export function createIntakeTable(db: Database) {
  const knownColumns = 'seq, id, external_id, ciphertext, content_hash, content_purged_at, matched_at, scanned';
  const byNumber = db.sql.prepare(
    `SELECT ${knownColumns} FROM jobs WHERE platform = '${platform}' AND external_id = ?`,
  );
  const byCiphertext = db.sql.prepare(
    `SELECT ${knownColumns} FROM jobs WHERE ciphertext = ? AND platform = '${platform}' ORDER BY seq LIMIT 1`,
  );
  const inserted = [...newColumns, ...contentColumns, ...wordColumns, ...counterColumns, 'activity_at', 'updated_at'];
  const insert = db.sql.prepare(
    `INSERT INTO jobs (platform, ${inserted.join(', ')}) VALUES ('${platform}', ${inserted.map((name) => `@${name}`).join(', ')})`,
  );
  const selectContent = db.sql.prepare(`SELECT ${contentColumns.join(', ')} FROM jobs WHERE seq = ?`);
  const setContent = [...contentColumns, ...wordColumns].map((name) => `${name} = @${name}`).join(', ');
  const updateContent = db.sql.prepare(
    `UPDATE jobs SET ${setContent}, content_hash = @hash, updated_at = @now WHERE seq = @seq`,
  );
  const updateHash = db.sql.prepare('UPDATE jobs SET content_hash = ? WHERE seq = ?');
  const scoredBefore = db.sql.prepare(`SELECT ${scoredColumns.join(', ')} FROM jobs WHERE seq = ?`).raw();
  const setCounters = counterColumns.map((name) => `${name} = coalesce(@${name}, ${name})`).join(', ');
  const updateCounters = db.sql.prepare(
    `UPDATE jobs SET ${setCounters}, activity_at = coalesce(@activity_at, activity_at) WHERE seq = @seq`,
  );
  const learnNumber = db.sql.prepare('UPDATE jobs SET external_id = ? WHERE seq = ?');
  const learnCiphertext = db.sql.prepare('UPDATE jobs SET ciphertext = ? WHERE seq = ?');
  const markApplied = db.sql.prepare(
    `UPDATE jobs SET applied = 1, triage = iif(triage IN ('NEW', 'SEEN'), 'APPLIED', triage) WHERE seq = ? AND applied = 0`,
  );
  const markScanned = db.sql.prepare(
    'UPDATE jobs SET scanned = 1, posted_at = coalesce(@postedAt, posted_at) WHERE seq = @seq',
  );
  const markMatched = db.sql.prepare('UPDATE jobs SET matched_at = ? WHERE seq = ?');
  const unscored = db.sql
    .prepare('SELECT seq FROM jobs WHERE seq IN (SELECT value FROM json_each(?)) AND score IS NULL')
    .pluck();

  return {
    find: ({ externalId, ciphertext }: ExternalIds): KnownJob | undefined =>
      (byNumber.get(externalId) ?? (ciphertext && byCiphertext.get(ciphertext))) as KnownJob | undefined,
    insert: (content: Content, counters: Counters, job: NewJob): number => {
      const values = { ...job, ...content, ...wordColumnsOf(content), ...counters };
      const times = { activity_at: observedAt(counters, job.first_seen_at), updated_at: job.first_seen_at };
      return Number(insert.run({ ...values, ...times }).lastInsertRowid);
    },
    content: (seq: number) => selectContent.get(seq) as Content,
    updateContent: (seq: number, content: Content, hash: string, now: Date) =>
      void updateContent.run({ ...content, ...wordColumnsOf(content), seq, hash, now: now.getTime() }),
    updateHash: (seq: number, hash: string) => void updateHash.run(hash, seq),
    /** Keeps what is left out this time. Returns whether something the score depends on differs. */
    updateCounters: (seq: number, counters: Counters, now: Date): boolean => {
      const before = JSON.stringify(scoredBefore.get(seq));
      updateCounters.run({ ...counters, activity_at: observedAt(counters, now.getTime()), seq });
      return JSON.stringify(scoredBefore.get(seq)) !== before;
    },
    /** A job met under one of its ids is known by the other from then on. */
    learnIds: ({ seq, external_id, ciphertext }: KnownJob, ids: ExternalIds) => {
      if (external_id.startsWith('~') && ids.externalId && !ids.externalId.startsWith('~'))
        learnNumber.run(ids.externalId, seq);
      if (ciphertext === null && ids.ciphertext) learnCiphertext.run(ids.ciphertext, seq);
    },
    markApplied: (seq: number) => void markApplied.run(seq),
    /** A scan has read it now, and says when it was posted. */
    markScanned: (seq: number, postedAt: number | null) => void markScanned.run({ seq, postedAt }),
    markMatched: (seq: number, now: Date) => void markMatched.run(now.getTime(), seq),
    unscored: (seqs: readonly number[]) => unscored.all(JSON.stringify(seqs)) as number[],
  };
}

function observedAt(counters: Counters, nowMs: number): number | null {
  return activityColumns.some((column) => counters[column] !== null) ? nowMs : null;
}
