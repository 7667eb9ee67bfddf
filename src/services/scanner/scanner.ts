import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Random } from '../../random.ts';
import type { Budget } from '../budget/model.ts';
import type { ResolvedCategories } from '../categories/model.ts';
import type { ConnectionService, ConnectionStatus } from '../connection/model.ts';
import type { Database, Leases } from '../database/model.ts';
import type { EventLog } from '../events/model.ts';
import type { JobIntake, JobService } from '../jobs/model.ts';
import type { PreferencesService } from '../preferences/model.ts';
import type { SearchesForScans } from '../searches/model.ts';
import type { UpworkClient } from '../upwork/model.ts';
import { createBaselines } from './baselines.ts';
import { createCoverage } from './coverage/coverage.ts';
import { createLatestDiagnosis } from './diagnosis/latest-diagnosis.ts';
import { createSuggest } from './diagnosis/suggest.ts';
import { createLatencyMeasure } from './ledger/latency.ts';
import { createLedger } from './ledger/ledger.ts';
import { createScanPages } from './ledger/scan-pages.ts';
import type { ScannerService } from './model.ts';
import { createWanted } from './nothing-asked.ts';
import { createIdempotentScans } from './requests/idempotency.ts';
import { createScanRequests } from './requests/scan-requests.ts';
import { createLauncher } from './running/launch-scan.ts';
import { createScanRun } from './running/run-scan.ts';
import { createSettleScan } from './running/settle-scan.ts';
import { createEstimates } from './schedule/estimates.ts';
import { retryDelayMs } from './schedule/next-due.ts';
import { createPause } from './schedule/pause.ts';
import { createScheduler } from './schedule/schedule.ts';
import { startTicker, type Ticker } from './schedule/ticker.ts';
import { createScheduleStore } from './schedule-state.ts';
import { createPostingStore } from './storing/store-postings.ts';

/** What the scanner needs. `resolveCategories` throws UpworkError where there is no category tree to be had. */
export interface ScannerDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly events: EventLog;
  readonly leases: Leases;
  readonly budget: Pick<Budget, 'state' | 'shares' | 'meanPerDay'>;
  readonly upwork: Pick<UpworkClient, 'search'>;
  readonly connection: Pick<ConnectionService, 'status' | 'isUsable' | 'onStatusChange' | 'liftRestriction'>;
  readonly preferences: Pick<PreferencesService, 'current' | 'onChange'>;
  readonly resolveCategories: (names: readonly string[]) => Promise<ResolvedCategories>;
  readonly intake: JobIntake;
  readonly jobs: Pick<JobService, 'byId' | 'bySeq' | 'countMatching' | 'checkCriteria'>;
  /** Default: there are none. */
  readonly searches?: SearchesForScans;
  /** A pretended Upwork on loopback: failures are tried again soon. */
  readonly isSandbox: boolean;
}

const longestRetryMs = 15 * 60_000;
const longestSandboxRetryMs = 60_000;
const closingMs = 5_000;
/** Leaving one of these for a usable connection means that a person has connected. */
const unconnected: readonly ConnectionStatus[] = [
  'DISCONNECTED',
  'CONNECTING',
  'AUTH_EXPIRED',
  'WRONG_ACCOUNT',
  'CREDENTIALS_INVALID',
];

const noSearches: SearchesForScans = {
  active: () => [],
  noteMatches: () => {},
  noteScanned: () => {},
  onChange: () => () => {},
};

/** The scanner of this database. It asks nothing before `start()`, unless told to by `run()`; the caller closes it. */
export function createScanner(given: ScannerDeps): ScannerService {
  const deps = { searches: noSearches, ...given };
  const { db, clock, random, log, budget, connection, preferences, searches } = deps;
  const ledger = createLedger(db, clock, random);
  const schedule = createScheduleStore(db);
  const coverage = createCoverage(db, clock, schedule);
  const wanted = createWanted(preferences, searches);
  const baselines = createBaselines(db);
  const estimates = createEstimates(db, preferences, budget, searches);
  const longest = deps.isSandbox ? longestSandboxRetryMs : longestRetryMs;
  let ticker: Ticker | undefined;
  const wake = () => ticker?.wake();

  const pause = createPause({ ...deps, schedule, coverage, wake });
  const settle = createSettleScan({
    ...deps,
    ledger,
    schedule,
    coverage,
    baselines,
    estimates,
    suggest: createSuggest({ ...deps, ledger }),
    onRestricted: pause.restrict,
    longestRetryMs: longest,
  });
  const launcher = createLauncher({
    ...deps,
    wanted,
    ledger,
    schedule,
    coverage,
    baselines,
    estimates,
    run: createScanRun({ ...deps, ledger, settle, store: createPostingStore(deps) }),
    onEnd: ({ id }) => {
      const scan = ledger.byId(id);
      log.info({ scanId: id, status: scan?.status, counts: scan?.counts, durationMs: scan?.durationMs }, 'scan ended');
      wake();
    },
  });
  const scheduler = createScheduler({ ...deps, wanted, ledger, schedule, coverage, estimates, launcher });
  const requests = createScanRequests({
    ...deps,
    wanted,
    ledger,
    schedule,
    launcher,
    keys: createIdempotentScans(db, clock),
  });
  const latency = createLatencyMeasure(db);
  let unsubscribe = () => {};

  const follow = () => {
    const stopStatus = connection.onStatusChange((status, previous) => {
      // After the change has been committed, whoever is writing it.
      queueMicrotask(() => {
        if (status === 'RESTRICTED') pause.restrict();
        else if (unconnected.includes(previous) && connection.isUsable()) scheduler.connected();
        wake();
      });
    });
    const stopPreferences = preferences.onChange(() => {
      queueMicrotask(() => {
        db.transaction(() => {
          scheduler.replan();
          coverage.reconsider();
        });
        wake();
      });
    });
    const stopSearches = searches.onChange(() => {
      queueMicrotask(() => {
        db.transaction(() => scheduler.replan());
        wake();
      });
    });
    return () => {
      stopStatus();
      stopPreferences();
      stopSearches();
    };
  };

  return {
    ...requests,
    ...createScanPages(db, deps.jobs),
    scan: ledger.byId,
    latest: ledger.latest,
    diagnosis: ledger.diagnosis,
    latestDiagnosis: createLatestDiagnosis({ ...deps, wanted, ledger, schedule, scheduler }),
    coverage: ({ since }) => coverage.report(since),
    scanLatency: ({ since }) => latency(since),
    nextScanAt: () => scheduler.nextScanAt(),
    effectiveIntervalMs: (wanted) => {
      const { failures } = schedule.read();
      const quotaMs = estimates.plan(wanted).intervalMs;
      return failures > 0 ? Math.max(quotaMs, retryDelayMs(failures, quotaMs, longest, 0.5)) : quotaMs;
    },
    plan: estimates.plan,
    pause: pause.pause,
    resume: pause.resume,
    paused: () => schedule.read().pause,
    start: () => {
      if (connection.status().status === 'RESTRICTED') pause.restrict();
      unsubscribe = follow();
      ticker = startTicker({ clock, log, look: scheduler.look, onJump: scheduler.jumped });
    },
    close: async () => {
      ticker?.stop();
      unsubscribe();
      const running = launcher.running();
      running?.abort('stopped');
      const patience = new AbortController();
      await Promise.race([running?.done, clock.sleep(closingMs, patience.signal).catch(() => {})]);
      patience.abort();
    },
  };
}
