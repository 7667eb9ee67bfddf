import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../clock.ts';
import type { Database, Lease } from '../database/model.ts';
import type { EventLog } from '../events/model.ts';
import type { JobCriteria, JobIntake, Posting, StoredBatch } from '../jobs/model.ts';
import { fenced } from './fence.ts';
import type { Scan } from './model.ts';
import type { Tally } from './tally.ts';

/** Postings in one transaction: other work waits no longer than for these (F69). */
const chunkSize = 100;

/** What storing needs. */
export interface StoreDeps {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly events: EventLog;
  readonly intake: JobIntake;
}

/** What is stored, and for which scan. */
export interface StoreRequest {
  readonly scan: Pick<Scan, 'id' | 'seq'>;
  readonly lease: Lease;
  /** In the order in which they are to be stored and announced. */
  readonly postings: readonly Posting[];
  readonly criteria: JobCriteria;
  /** Of new jobs, those posted after this are announced, the others found silently: −∞ announces all, +∞ none. */
  readonly announcedAfterMs: number;
  readonly tally: Tally;
  /** Called inside each transaction with the share that is then stored. */
  readonly onChunk: (share: number) => void;
  readonly signal: AbortSignal;
}

/** What stores the postings of scans. Both let other work run between two chunks. */
export interface PostingStore {
  /**
   * Stores postings chunk by chunk, each with its events, counts and `scan_jobs` rows in one fenced transaction, ringing the bell after each.
   * @throws LeaseLostError, or the signal's reason between two chunks
   */
  store(request: StoreRequest): Promise<void>;
  /** Counts what storing would do, and writes nothing. @throws the signal's reason between two chunks */
  rehearse(request: Pick<StoreRequest, 'postings' | 'criteria' | 'tally' | 'signal'>): Promise<void>;
}

/** Makes the storing of this database. */
export function createPostingStore({ db, clock, events, intake }: StoreDeps): PostingStore {
  const insert = db.sql.prepare(
    `INSERT INTO scan_jobs (scan_seq, job_seq, outcome, dropped_by, announced_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (scan_seq, job_seq) DO NOTHING`,
  );

  const postedAt = db.sql.prepare('SELECT posted_at FROM jobs WHERE seq = ?').pluck();

  const storeOne = ({ scan, tally, announcedAfterMs }: StoreRequest, outcome: StoredBatch['outcomes'][number]) => {
    const isAnnounced = outcome.outcome === 'new' && (postedAt.get(outcome.seq) as number) > announcedAfterMs;
    tally.add(outcome, isAnnounced);
    // A known job teaches nothing about this scan; its row would be most of what the table holds.
    if (outcome.outcome !== 'duplicate')
      insert.run(
        scan.seq,
        outcome.seq,
        outcome.outcome,
        outcome.droppedBy.length > 0 ? JSON.stringify(outcome.droppedBy) : null,
        isAnnounced ? clock.now().getTime() : null,
      );
    if (isAnnounced) events.append({ type: 'JOB_POSTED', subjectId: outcome.jobId, scanId: scan.id, searchIds: [] });
    if (outcome.outcome === 'updated')
      events.append({ type: 'JOB_UPDATED', subjectId: outcome.jobId, changed: outcome.changed });
  };

  const eachChunk = async (
    { postings, signal }: Pick<StoreRequest, 'postings' | 'signal'>,
    work: (chunk: readonly Posting[], share: number) => void,
  ) => {
    for (let from = 0; from < postings.length; from += chunkSize) {
      signal.throwIfAborted();
      work(postings.slice(from, from + chunkSize), Math.min(1, (from + chunkSize) / postings.length));
      await nextTurn();
    }
  };

  return {
    store: (request) =>
      eachChunk(request, (chunk, share) => {
        fenced(db, request.lease, () => {
          for (const outcome of intake.store(chunk, request.criteria).outcomes) storeOne(request, outcome);
          request.onChunk(share);
        });
        events.announce();
      }),
    rehearse: (request) =>
      eachChunk(request, (chunk) => {
        for (const outcome of intake.rehearse(chunk, request.criteria).outcomes) request.tally.add(outcome, false);
      }),
  };
}
