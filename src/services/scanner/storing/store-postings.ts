import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../../clock.ts';
import type { Database, Lease } from '../../database/model.ts';
import type { EventLog } from '../../events/model.ts';
import type { JobCriteria, JobIntake, Posting, StoredBatch } from '../../jobs/model.ts';
import type { ActiveSearch, SearchesForScans } from '../../searches/model.ts';
import { fenced } from '../fence.ts';
import type { Scan } from '../model.ts';
import type { Tally } from './model.ts';

/** Postings in one transaction: other work waits no longer than for these (F69). */
const chunkSize = 100;

/** What storing needs. */
export interface StoreDeps {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly events: EventLog;
  readonly intake: JobIntake;
  readonly searches: Pick<SearchesForScans, 'noteMatches'>;
}

/** What is stored, and for which scan. */
export interface StoreRequest {
  readonly scan: Pick<Scan, 'id' | 'seq'>;
  readonly lease: Lease;
  /** In the order in which they are to be stored and announced. */
  readonly postings: readonly Posting[];
  /** `none`: the searches alone judge. */
  readonly criteria: JobCriteria | 'none';
  /** Judge as well; what matches nothing but silent ones is not announced. */
  readonly searches: readonly ActiveSearch[];
  /** Whether a new job is news; the others are found silently. */
  readonly isNews: (job: { readonly externalId: string; readonly postedAtMs: number }) => boolean;
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
  rehearse(request: Pick<StoreRequest, 'postings' | 'criteria' | 'searches' | 'tally' | 'signal'>): Promise<void>;
}

/** Makes the storing of this database. */
export function createPostingStore({ db, clock, events, intake, searches }: StoreDeps): PostingStore {
  const insert = db.sql.prepare(
    `INSERT INTO scan_jobs (scan_seq, job_seq, outcome, dropped_by, announced_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (scan_seq, job_seq) DO NOTHING`,
  );

  const select = db.sql.prepare('SELECT external_id AS externalId, posted_at AS postedAtMs FROM jobs WHERE seq = ?');

  const storeOne = (request: StoreRequest, outcome: StoredBatch['outcomes'][number]) => {
    const { scan, tally, isNews } = request;
    const { jobId, searchIds } = outcome;
    const isAnnounced =
      outcome.outcome === 'new' &&
      (outcome.meetsCriteria || isLoud(request.searches, searchIds)) &&
      isNews(select.get(outcome.seq) as Parameters<typeof isNews>[0]);
    tally.add(outcome, isAnnounced);
    searches.noteMatches(jobId, searchIds);
    // A known job teaches nothing about this scan; its row would be most of what the table holds.
    if (outcome.outcome !== 'duplicate')
      insert.run(
        scan.seq,
        outcome.seq,
        outcome.outcome,
        outcome.droppedBy.length > 0 ? JSON.stringify(outcome.droppedBy) : null,
        isAnnounced ? clock.now().getTime() : null,
      );
    if (isAnnounced) events.append({ type: 'JOB_POSTED', subjectId: jobId, scanId: scan.id, searchIds });
    if (outcome.outcome === 'updated')
      events.append({ type: 'JOB_UPDATED', subjectId: jobId, changed: outcome.changed });
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
          for (const outcome of intake.store(chunk, request.criteria, request.searches).outcomes)
            storeOne(request, outcome);
          request.onChunk(share);
        });
        events.announce();
      }),
    rehearse: (request) =>
      eachChunk(request, (chunk) => {
        for (const outcome of intake.rehearse(chunk, request.criteria, request.searches).outcomes)
          request.tally.add(outcome, false);
      }),
  };
}

function isLoud(searches: readonly ActiveSearch[], searchIds: readonly string[]): boolean {
  return searches.some(({ id, isSilent }) => !isSilent && searchIds.includes(id));
}
