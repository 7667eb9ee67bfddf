import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { Budget } from '../../budget/model.ts';
import type { ResolvedCategories } from '../../categories/model.ts';
import type { Database } from '../../database/model.ts';
import type { EventLog } from '../../events/model.ts';
import type { UpworkClient } from '../../upwork/model.ts';
import { LeaseLostError } from '../fence.ts';
import { type Fetched, fetchPostings, pagesAtMost } from '../fetching/fetch-postings.ts';
import type { FetchLimits } from '../fetching/model.ts';
import type { ScanLedger } from '../ledger/ledger.ts';
import { planScan } from '../plan/plan-scan.ts';
import type { AbortReason, ScanResult, ScanTask } from '../scan-task.ts';
import type { PostingStore, StoreRequest } from '../storing/store-postings.ts';
import { createTally } from '../storing/tally.ts';
import { failureOf } from './incident.ts';
import { createMeter } from './meter.ts';
import { createProgress, type Progress } from './progress.ts';
import type { SettleScan } from './settle-scan.ts';

/** What running needs. */
export interface RunDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventLog;
  readonly budget: Pick<Budget, 'state'>;
  readonly upwork: Pick<UpworkClient, 'search'>;
  readonly ledger: ScanLedger;
  readonly resolveCategories: (names: readonly string[]) => Promise<ResolvedCategories>;
  readonly store: PostingStore;
  readonly settle: SettleScan;
}

/**
 * Makes what runs a scan from its plan to its last row. The promise never rejects: how it went stands in the ledger.
 */
export function createScanRun(deps: RunDeps): (task: ScanTask) => Promise<void> {
  const { db, clock, log, budget, upwork, ledger, settle } = deps;
  const isKnown = knownPostings(db);
  const storedIn = countStored(db);

  const read = async (task: ScanTask, progress: Progress): Promise<Omit<ScanResult, 'tally'>> => {
    const { maxResults, signal } = task;
    const { own, saved, criteria, resolved, notes } = await planScan(task, deps.resolveCategories);
    signal.throwIfAborted();
    const sets = [own, ...saved];
    const pagesExpected = pagesAtMost(sets, maxResults);
    let pages = 0;
    progress.report('FETCHING', 5);
    const fetched = await fetchPostings(upwork, sets, {
      most: maxResults,
      ...(task.windowStart && { windowStart: task.windowStart }),
      gaps: task.gaps,
      known: isKnown,
      storedIn,
      signal,
      onPage: () => {
        signal.throwIfAborted();
        pages += 1;
        progress.report('FETCHING', 5 + 50 * Math.min(1, pages / pagesExpected), `Page ${pages}`);
      },
    });
    if (fetched.failure && fetched.pages === 0) throw fetched.failure;
    const answered = saved.flatMap(({ search }, index) => {
      const set = fetched.sets[index + 1];
      return set?.isWhole ? [{ search, reachMs: set.reachMs }] : [];
    });
    return { fetched, resolved, criteria, answered, notes };
  };

  const store = async (task: ScanTask, progress: Progress, { fetched, criteria }: Omit<ScanResult, 'tally'>) => {
    const tally = createTally();
    // Oldest first, so that the newest also stands last in the log.
    const postings = [...fetched.postings].reverse();
    progress.report('FILTERING', 65);
    const judging = task.isOwnAsked ? criteria : 'none';
    if (task.isDryRun) {
      await deps.store.rehearse({ ...task, postings, criteria: judging, tally });
      return tally;
    }
    await deps.store.store({
      ...task,
      postings,
      criteria: judging,
      isNews: newsOf(fetched),
      tally,
      onChunk: (share) => {
        ledger.setCounts(task.scan.seq, { ...tally.counts(), upstreamRequests: fetched.pages });
        progress.append('STORING', 65 + 25 * share);
      },
    });
    return tally;
  };

  return async (task) => {
    const { scan, lease, signal } = task;
    const began = clock.monotonic();
    const requests = createMeter(budget);
    const progress = createProgress(deps, scan, lease);
    const measures = (pages: number) => ({
      upstreamRequests: requests(pages),
      durationMs: Math.round(clock.monotonic() - began),
    });
    try {
      progress.report('AUTHENTICATING', 0);
      const found = await read(task, progress);
      signal.throwIfAborted();
      progress.report('DEDUPLICATING', 60, `${found.fetched.postings.length} postings`);
      const tally = await store(task, progress, found);
      progress.report('NOTIFYING', 95);
      await settle.ended(task, { ...found, tally }, progress, measures(found.fetched.pages));
    } catch (error) {
      if (error instanceof LeaseLostError || signal.reason === 'lost') {
        log.warn({ scanId: scan.id }, 'another process has taken over the scan; this one wrote nothing more');
        return;
      }
      const failure = failureOf(error);
      if (!signal.aborted && failure.verdict === 'NOT_RUN' && failure.code !== 'VALIDATION')
        log.error({ scanId: scan.id, err: error }, 'a scan failed unexpectedly');
      try {
        if (signal.aborted) settle.aborted(task, signal.reason as AbortReason, progress, measures(0));
        else settle.failed(task, failure, progress, measures(0));
      } catch (late) {
        // Its row says RUNNING until the next scan, or the next start, calls it INTERRUPTED.
        log.error({ scanId: scan.id, err: late }, 'the end of a scan could not be written');
      }
    }
  };
}

/** What is new here is news, unless it was there, or below the bound, at the first look of all that showed it. */
function newsOf({ newsFromMs }: Fetched): StoreRequest['isNews'] {
  return ({ externalId, postedAtMs }) => postedAtMs > (newsFromMs.get(externalId) ?? Number.NEGATIVE_INFINITY);
}

/** Which of some external ids are stored. */
function knownPostings({ sql }: Database): (externalIds: readonly string[]) => ReadonlySet<string> {
  const select = sql
    .prepare(
      "SELECT external_id FROM jobs WHERE platform = 'upwork' AND external_id IN (SELECT value FROM json_each(?))",
    )
    .pluck();
  return (externalIds) => new Set(select.all(JSON.stringify(externalIds)) as string[]);
}

/** How many stored postings were posted in a stretch. */
function countStored({ sql }: Database): FetchLimits['storedIn'] {
  const count = sql
    .prepare("SELECT count(*) FROM jobs WHERE platform = 'upwork' AND posted_at >= ? AND posted_at < ?")
    .pluck();
  return ({ from, to }) => count.get(Math.max(0, from), Math.min(Number.MAX_SAFE_INTEGER, to)) as number;
}
