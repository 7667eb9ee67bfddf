import type { Database } from '../database/model.ts';
import { createPurgedWords } from './purged-words.ts';

const batchSize = 500;

/** Deletes what Upwork lets nobody keep for long (FACTS §10: content at most 24 h). */
export interface Retention {
  /**
   * Empties up to 500 postings past their retention, in one transaction; returns how many. Call until 0, pausing
   * between, to keep others served.
   */
  purgeBatch(): number;
  /** Empties all of them, 500 a transaction; returns how many. */
  purgeExpired(): number;
  /** Deletes every job whole; returns how many. */
  purgeAll(): number;
  /**
   * Takes the pieces of purged words out of the full-text index, a few milliseconds of work a call (`unfinished`: call
   * again), then moves the write-ahead log into the database file and cuts it to nothing, so that what was purged is in
   * neither (freed pages are overwritten: `secure_delete`). `busy`, at once, where a reader or writer of another
   * connection was in the way: try again later. Not inside a transaction.
   */
  scrub(): 'done' | 'unfinished' | 'busy';
}

/** Everything that was taken from Upwork or worked out of it; ids, hash, times, triage, notes and tags stay. */
const emptied = [
  "state = 'UNKNOWN'",
  ...'title description title_words skill_words description_words'.split(' ').map((column) => `${column} = ''`),
  ...['skills', 'questions', 'preferred_locations'].map((column) => `${column} = '[]'`),
  ...`type hourly_min hourly_max fixed_budget currency connects_required experience_level workload duration
    location_mandatory     category_id category_label subcategory_id subcategory_label client_external_id client_country client_city
    client_time_zone client_verified client_rating client_reviews client_spent client_spent_currency client_hires
    client_posted client_member_since proposals interviewing invites_sent hires last_viewed_by_client_at activity_at
    renewed_at score score_factors scored_at raw`
    .split(/\s+/)
    .map((column) => `${column} = NULL`),
].join(', ');

/**
 * Retention of the jobs of this database. A shorter `retentionMs` than before holds for what is stored already; a
 * longer one does not.
 */
export function createRetention(db: Database, now: () => Date, retentionMs: number): Retention {
  const shorten = db.sql.prepare(
    `UPDATE jobs SET content_expires_at = first_seen_at + @kept
     WHERE content_purged_at IS NULL AND content_expires_at > first_seen_at + @kept`,
  );
  const empty = db.sql.prepare(
    `UPDATE jobs SET content_purged_at = @now, ${emptied} WHERE seq IN (
       SELECT seq FROM jobs WHERE content_purged_at IS NULL AND content_expires_at <= @now LIMIT ${batchSize})`,
  );
  const remove = db.sql.prepare(`DELETE FROM jobs WHERE seq IN (SELECT seq FROM jobs LIMIT ${batchSize})`);
  const forgetScans = db.sql.prepare('DELETE FROM scan_jobs WHERE job_seq NOT IN (SELECT seq FROM jobs)');
  const forgetMatches = db.sql.prepare('DELETE FROM search_matches WHERE job_id NOT IN (SELECT id FROM jobs)');
  shorten.run({ kept: retentionMs });

  const words = createPurgedWords(db);
  const purged = (count: number) => {
    if (count > 0) words.note();
    return count;
  };

  const purgeBatch = () => purged(db.transaction(() => empty.run({ now: now().getTime() }).changes));
  return {
    purgeBatch,
    purgeExpired: () => untilNone(purgeBatch),
    purgeAll: () => {
      const count = purged(untilNone(() => db.transaction(() => remove.run().changes)));
      forgetScans.run();
      forgetMatches.run();
      return count;
    },
    scrub: () => {
      const timeoutMs = db.sql.pragma('busy_timeout', { simple: true }) as number;
      db.sql.pragma('busy_timeout = 0');
      try {
        if (!words.step()) return 'unfinished';
        const [result] = db.sql.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
        return result?.busy === 0 ? 'done' : 'busy';
      } catch (error) {
        if (isBusy(error)) return 'busy';
        throw error;
      } finally {
        db.sql.pragma(`busy_timeout = ${timeoutMs}`);
      }
    },
  };
}

function untilNone(deed: () => number): number {
  let total = 0;
  for (;;) {
    const count = deed();
    if (count === 0) return total;
    total += count;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}
