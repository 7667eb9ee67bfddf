import type { Clock } from '../../../clock.ts';
import type { Random } from '../../../random.ts';
import type { Budget } from '../../budget/model.ts';
import type { ConnectionService, NextAction } from '../../connection/model.ts';
import type { Database } from '../../database/model.ts';
import type { EventLog } from '../../events/model.ts';
import type { JobService } from '../../jobs/model.ts';
import type { SearchesForScans } from '../../searches/model.ts';
import type { Baselines } from '../baselines.ts';
import type { CoverageBook } from '../coverage/coverage.ts';
import { diagnose, diagnoseAbsence } from '../diagnosis/diagnosis.ts';
import { nextActionFor } from '../diagnosis/next-action.ts';
import type { createSuggest } from '../diagnosis/suggest.ts';
import { verdictOf } from '../diagnosis/verdict.ts';
import { fenced } from '../fence.ts';
import type { ScanEnd, ScanLedger } from '../ledger/ledger.ts';
import { noCounts } from '../ledger/scan-row.ts';
import type { ScanCounts, ScanVerdict } from '../model.ts';
import type { AbortReason, ScanResult, ScanTask } from '../scan-task.ts';
import type { Estimates } from '../schedule/estimates.ts';
import { retryDelayMs } from '../schedule/next-due.ts';
import type { ScheduleStore } from '../schedule-state.ts';
import { termsOf } from '../search-terms.ts';
import { failureOf, incidentOf, type ScanFailure } from './incident.ts';
import type { Progress } from './progress.ts';

/** What a scan cost. */
export interface Measures {
  readonly upstreamRequests: number;
  readonly durationMs: number;
}

/**
 * Writes how a scan ended: row, diagnosis, coverage, baseline, schedule and the last event in one fenced transaction.
 * All throw LeaseLostError.
 */
export interface SettleScan {
  ended(task: ScanTask, result: ScanResult, progress: Progress, measures: Measures): Promise<void>;
  failed(task: ScanTask, failure: ScanFailure, progress: Progress, measures: Measures): void;
  aborted(task: ScanTask, reason: AbortReason, progress: Progress, measures: Measures): void;
}

/** What settling needs. `onRestricted` pauses scanning, in the same transaction. */
export interface SettleDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventLog;
  readonly budget: Pick<Budget, 'state'>;
  readonly connection: Pick<ConnectionService, 'status'>;
  readonly jobs: Pick<JobService, 'byId'>;
  readonly searches: Pick<SearchesForScans, 'noteScanned'>;
  readonly ledger: ScanLedger;
  readonly schedule: ScheduleStore;
  readonly coverage: CoverageBook;
  readonly baselines: Baselines;
  readonly estimates: Estimates;
  readonly suggest: ReturnType<typeof createSuggest>;
  readonly onRestricted: () => void;
  /** The longest wait after failures. */
  readonly longestRetryMs: number;
}

/** Makes what settles the scans of this database. */
export function createSettleScan(deps: SettleDeps): SettleScan {
  const { db, clock, events, ledger, schedule, coverage, baselines } = deps;

  const end = (task: ScanTask, progress: Progress, message: string, more: () => ScanEnd) => {
    fenced(db, task.lease, () => {
      ledger.end(task.scan.seq, more());
      progress.append('DONE', 100, message);
    });
    events.announce();
  };
  const countsSoFar = (task: ScanTask, { upstreamRequests }: Measures): ScanCounts => ({
    ...(ledger.byId(task.scan.id)?.counts ?? noCounts),
    upstreamRequests,
  });
  const advise = (verdict: ScanVerdict): NextAction => {
    const { pause, nextDueAt } = schedule.read();
    return nextActionFor(verdict, { status: deps.connection.status(), pause, nextScanAt: nextDueAt });
  };

  /** A dry run also meets postings that nothing is stored of. */
  const isStored = (jobId: string) => deps.jobs.byId(jobId) !== undefined;

  /** Plans the next attempt after a failure; answers with when that is. */
  const planRetry = (failure: ScanFailure, failures: number): Date | undefined => {
    const now = clock.now().getTime();
    const planned = schedule.read().nextDueAt;
    if (failure.verdict === 'RATE_LIMITED') {
      const until = deps.budget.state().throttledUntil?.getTime() ?? now + (failure.retryAfterMs ?? 0);
      schedule.plan(new Date(Math.max(until, now + 1_000)));
    } else if (failure.isTransient) {
      const { estimates, longestRetryMs, random } = deps;
      const at = now + retryDelayMs(failures, estimates.plan().intervalMs, longestRetryMs, random.fraction());
      schedule.plan(new Date(at));
    } else return planned;
    return schedule.read().nextDueAt;
  };

  /** What of the postings' time has been looked at now. */
  const recordCoverage = ({ scan }: ScanTask, { fetched }: ScanResult, failure: ScanFailure | undefined) => {
    const to = scan.startedAt ?? scan.queuedAt;
    const cause = failure?.cause ?? (fetched.isBroken ? 'TRUNCATED' : undefined);
    if (fetched.reachMs >= to.getTime() && cause) coverage.open(cause);
    else
      coverage.record({
        reachMs: fetched.reachMs,
        unread: fetched.unread,
        holes: fetched.holes,
        to,
        ...(cause && { cause }),
      });
  };

  /** Which terms have been scanned for now. */
  const learn = (
    { criteria, scan, isBaseline, isOwnAsked, newsFromMs }: ScanTask,
    { fetched, answered }: ScanResult,
  ) => {
    const at = scan.startedAt ?? scan.queuedAt;
    const [own] = fetched.sets;
    if (own?.isWhole && isOwnAsked && isBaseline) baselines.learn(criteria, newsFromNow(newsFromMs, own.reachMs, at));
    for (const { search, reachMs } of answered)
      if (search.isBaseline) baselines.learn(termsOf(search), newsFromNow(search.newsFromMs, reachMs, at));
    deps.searches.noteScanned(
      answered.map(({ search }) => search.id),
      at,
    );
  };

  return {
    ended: async (task, result, progress, measures) => {
      const { fetched, tally } = result;
      const counts = { ...tally.counts(), upstreamRequests: measures.upstreamRequests };
      const failure = fetched.failure && failureOf(fetched.failure);
      const isWhole = failure === undefined && !fetched.isBroken;
      const verdict = verdictOf({
        counts,
        failureVerdict: failure?.verdict,
        isBroken: fetched.isBroken,
        nulled: fetched.nulled,
        newcomers: fetched.postings.filter(({ externalId }) => !fetched.known.has(externalId)).length,
        hasRecent: hasRecent(task, result),
      });
      const suggestions = await deps.suggest(task, result, verdict);
      end(task, progress, `${counts.new} new, ${counts.updated} updated, ${counts.duplicates} known`, () => {
        if (task.isRegular && !task.isDryRun) recordCoverage(task, result, failure);
        const unread = task.isRegular && isWhole ? coverage.leftByBound(fetched.postings) : undefined;
        if (task.isRegular) ledger.trim();
        if (!task.isDryRun) learn(task, result);
        if (failure?.isRestriction) deps.onRestricted();
        const nextRetryAt =
          failure?.verdict === 'RATE_LIMITED' && task.isRegular ? planRetry(failure, 1) : schedule.read().nextDueAt;
        return {
          status: isWhole && fetched.nulled === 0 ? 'SUCCEEDED' : 'PARTIAL',
          counts,
          durationMs: measures.durationMs,
          ...(failure && { incident: incidentOf(failure, clock.now(), 1, nextRetryAt) }),
          diagnosis: diagnose({
            verdict,
            counts,
            fetched,
            reasons: tally.reasons().map((reason) => ({ ...reason, samples: reason.samples.filter(isStored) })),
            suggestions,
            notes: result.notes,
            ...(unread && { unread }),
            maxResults: task.maxResults,
            isBaseline: task.isBaseline,
            isDryRun: task.isDryRun,
            ...(failure && { failureMessage: failure.message }),
            nextAction: advise(verdict),
          }),
        };
      });
    },

    failed: (task, failure, progress, measures) =>
      end(task, progress, failure.message, () => {
        const failures = schedule.read().failures + 1;
        let nextRetryAt = schedule.read().nextDueAt;
        if (task.isRegular && !task.isDryRun) {
          schedule.setFailures(failures);
          coverage.open(failure.cause);
          nextRetryAt = planRetry(failure, failures);
        }
        if (failure.isRestriction) deps.onRestricted();
        return {
          status: 'FAILED',
          counts: countsSoFar(task, measures),
          durationMs: measures.durationMs,
          incident: incidentOf(failure, clock.now(), failures, nextRetryAt),
          diagnosis: diagnoseAbsence(failure.verdict, failure.message, advise(failure.verdict)),
        };
      }),

    aborted: (task, reason, progress, measures) => {
      const isCancelled = reason === 'cancelled';
      const summary = isCancelled
        ? 'The scan was cancelled before its end. What it had stored by then stays.'
        : 'The scan was ended with the server. It is made good when the server runs again.';
      end(task, progress, summary, () => {
        if (!isCancelled && task.isRegular && !task.isDryRun) schedule.plan(clock.now());
        return {
          status: isCancelled ? 'CANCELLED' : 'INTERRUPTED',
          counts: countsSoFar(task, measures),
          durationMs: measures.durationMs,
          diagnosis: diagnoseAbsence('NOT_RUN', summary),
        };
      });
    },
  };
}

/**
 * From when on what is found is news after a first look: what was there then is none, and neither is what lay further
 * back than it reached. In ms; dates have whole seconds.
 */
function newsFromNow(newsFromMs: number, reachMs: number, at: Date): number {
  return Math.min(Number.isFinite(newsFromMs) ? newsFromMs : at.getTime() - 1_000, reachMs);
}

/** Whether something was posted after the last scan looked. */
function hasRecent({ examinedTo }: ScanTask, { fetched }: ScanResult): boolean {
  return (
    examinedTo !== undefined && fetched.postings.some(({ postedAt }) => postedAt !== undefined && postedAt > examinedTo)
  );
}
