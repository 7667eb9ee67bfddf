import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { Random } from '../../../random.ts';
import type { Database, Lease, Leases } from '../../database/model.ts';
import type { JobCriteria } from '../../jobs/model.ts';
import type { PreferencesService } from '../../preferences/model.ts';
import type { ActiveSearch, SearchesForScans } from '../../searches/model.ts';
import { type Baselines, termsHash } from '../baselines.ts';
import type { CoverageBook } from '../coverage/coverage.ts';
import { diagnoseAbsence } from '../diagnosis/diagnosis.ts';
import { keepLease, leaseMs, scanLease } from '../fence.ts';
import type { ScanLedger } from '../ledger/ledger.ts';
import type { Scan, ScanTrigger } from '../model.ts';
import type { Wanted } from '../nothing-asked.ts';
import type { AbortReason, ScannedSearch, ScanTask } from '../scan-task.ts';
import type { Estimates } from '../schedule/estimates.ts';
import { nextDue } from '../schedule/next-due.ts';
import type { ScheduleStore } from '../schedule-state.ts';
import { type SearchTerms, termsOf } from '../search-terms.ts';

/** Why a row found at the start of a scan, or of a server, says INTERRUPTED. */
export const crashDiagnosis = diagnoseAbsence(
  'NOT_RUN',
  'The server ended in the middle of this scan. What it had stored by then stays; the next scan reads the rest.',
);

/** A scan to be started. */
export interface Launch {
  readonly trigger: ScanTrigger;
  /** Instead of those of the preferences. */
  readonly criteria?: JobCriteria;
  readonly isDryRun: boolean;
  /** The due time that called for it: another process may have met it meanwhile. */
  readonly dueAt?: Date;
  /** Joins the transaction that makes the row. */
  readonly onBegin?: (scan: Scan) => void;
}

/** The scan that runs in this process. */
export interface RunningScan {
  readonly scan: Scan;
  readonly abort: (reason: AbortReason) => void;
  /** Resolves when its last row is written; never rejects. */
  readonly done: Promise<void>;
}

/** Starts scans, one at a time among all processes. */
export interface Launcher {
  /** `busy`: a scan runs, here or in another process. `met`: the due time is no longer due. */
  launch(launch: Launch): RunningScan | 'busy' | 'met';
  running(): RunningScan | undefined;
  /** Calls rows INTERRUPTED that a crashed process left behind; false while another process may still work on one. */
  recover(): boolean;
}

/** What launching needs. `onEnd` is called after each scan. */
export interface LaunchDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly leases: Leases;
  readonly preferences: Pick<PreferencesService, 'current'>;
  readonly searches: Pick<SearchesForScans, 'active'>;
  readonly ledger: ScanLedger;
  readonly schedule: ScheduleStore;
  readonly coverage: CoverageBook;
  readonly baselines: Baselines;
  readonly wanted: Wanted;
  readonly estimates: Estimates;
  readonly run: (task: ScanTask) => Promise<void>;
  readonly onEnd: (scan: Scan) => void;
}

/** Makes the launcher of this process. */
export function createLauncher(deps: LaunchDeps): Launcher {
  const { db, clock, random, log, leases, ledger, schedule, estimates } = deps;
  let running: RunningScan | undefined;

  /**
   * At a first look, what was posted before the last scan looked, or everything, is no news (dates have whole
   * seconds).
   */
  const firstLook = (terms: SearchTerms): Pick<ScannedSearch, 'isBaseline' | 'newsFromMs'> => {
    const known = deps.baselines.newsFromMs(terms);
    const lastLookMs = schedule.read().examinedTo?.getTime() ?? Number.POSITIVE_INFINITY;
    return { isBaseline: known === undefined, newsFromMs: known ?? lastLookMs - 1_000 };
  };

  /** Where the asking ends early, the ones left out come first the next time. */
  const scannedOf = (searches: readonly ActiveSearch[]): ScannedSearch[] =>
    searches
      .filter(({ scan }) => scan)
      .map((search) => ({ ...search, ...firstLook(termsOf(search)) }))
      .sort((a, b) => (a.lastScanAt?.getTime() ?? 0) - (b.lastScanAt?.getTime() ?? 0));

  /** Rows of the dead, the new row, and the next due time, counted from this start: one transaction. */
  const begin = (launch: Launch): Omit<ScanTask, 'lease' | 'signal'> | undefined => {
    const { trigger, isDryRun, dueAt } = launch;
    return db.transaction(() => {
      const state = schedule.read();
      if (dueAt && state.nextDueAt?.getTime() !== dueAt.getTime()) return undefined;
      ledger.interruptUnfinished(crashDiagnosis);
      const preferences = deps.preferences.current();
      const criteria = launch.criteria ?? preferences.criteria;
      const { isBaseline, newsFromMs } = firstLook(criteria);
      const windowStart = deps.coverage.windowStart();
      const isRegular = launch.criteria === undefined;
      const searches = deps.searches.active();
      const scanned = isRegular ? scannedOf(searches) : [];
      const searchesHash = termsHash(scanned.map(termsOf));
      const scan = ledger.begin({
        trigger,
        ...(launch.criteria && { criteria: launch.criteria }),
        dryRun: isDryRun,
        baseline: isBaseline || scanned.some((search) => search.isBaseline),
        preferencesVersion: preferences.version,
        ...(searchesHash !== undefined && { searchesHash }),
      });
      if (isRegular && !isDryRun) schedule.plan(nextDue(clock.now(), estimates.plan().intervalMs, random.fraction()));
      launch.onBegin?.(scan);
      return {
        scan,
        criteria,
        searches,
        scanned,
        maxResults: preferences.maxResultsPerScan,
        isOwnAsked: deps.wanted.isScanned(criteria),
        isRegular,
        isDryRun,
        isBaseline,
        newsFromMs,
        ...(state.examinedTo && { examinedTo: state.examinedTo }),
        ...(windowStart && { windowStart }),
        gaps: isRegular && !isDryRun ? deps.coverage.wanted() : [],
      };
    });
  };

  const attend = (lease: Lease, task: Omit<ScanTask, 'lease' | 'signal'>): RunningScan => {
    const controller = new AbortController();
    const { scan } = task;
    const stopKeeping = keepLease(clock, lease, {
      onBeat: () => {
        if (ledger.isCancelRequested(scan.seq)) controller.abort('cancelled');
      },
      onLost: () => controller.abort('lost'),
    });
    log.info({ scanId: scan.id, trigger: scan.trigger }, 'scan started');
    const done = deps.run({ ...task, lease, signal: controller.signal }).finally(() => {
      stopKeeping();
      lease.release();
      running = undefined;
      deps.onEnd(scan);
    });
    return { scan, abort: (reason) => controller.abort(reason), done };
  };

  return {
    running: () => running,
    launch: (launch) => {
      const lease = running ? undefined : leases.take(scanLease, leaseMs);
      if (!lease) return 'busy';
      let task: ReturnType<typeof begin>;
      try {
        task = begin(launch);
      } catch (error) {
        lease.release();
        throw error;
      }
      if (!task) {
        lease.release();
        return 'met';
      }
      running = attend(lease, task);
      return running;
    },
    recover: () => {
      if (!ledger.unfinished() || running) return true;
      const lease = leases.take(scanLease, leaseMs);
      if (!lease) return false;
      const ids = db.transaction(() => {
        schedule.plan(clock.now());
        return ledger.interruptUnfinished(crashDiagnosis);
      });
      lease.release();
      for (const scanId of ids) log.warn({ scanId, status: 'INTERRUPTED' }, 'a scan was interrupted by a crash');
      return true;
    },
  };
}
