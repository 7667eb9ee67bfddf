import type { Clock } from '../../../clock.ts';
import type { Budget } from '../../budget/model.ts';
import type { ConnectionService } from '../../connection/model.ts';
import type { Database } from '../../database/model.ts';
import { DomainError, type UserFailure } from '../../failures/model.ts';
import type { JobService } from '../../jobs/model.ts';
import { criteriaHash } from '../baselines.ts';
import type { ScanLedger } from '../ledger/ledger.ts';
import { unfinishedStatuses } from '../ledger/scan-row.ts';
import type { Scan, ScannerService } from '../model.ts';
import { nothingAsked, type Wanted } from '../nothing-asked.ts';
import type { Launcher } from '../running/launch-scan.ts';
import type { ScheduleStore } from '../schedule-state.ts';
import type { IdempotentScans } from './idempotency.ts';
import { refusalOf } from './refusals.ts';

/** How often a scan of another process is looked at. */
const lookMs = 500;

/** What a person's requests need. */
export interface ScanRequestDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly budget: Pick<Budget, 'state'>;
  readonly connection: Pick<ConnectionService, 'status'>;
  readonly jobs: Pick<JobService, 'checkCriteria'>;
  readonly ledger: ScanLedger;
  readonly schedule: ScheduleStore;
  readonly launcher: Launcher;
  readonly keys: IdempotentScans;
  readonly wanted: Wanted;
}

const nothingToScan: UserFailure = {
  type: 'ValidationError',
  code: 'VALIDATION',
  path: ['criteria'],
  constraint: 'required',
  message: nothingAsked,
};

/** What a person may ask of scanning: to run, to stop, to wait for the end. */
export function createScanRequests(deps: ScanRequestDeps): Pick<ScannerService, 'run' | 'cancel' | 'finished'> {
  const { db, clock, ledger, launcher, keys } = deps;

  const find = (scanId: string): Scan => {
    const scan = ledger.byId(scanId);
    if (scan) return scan;
    throw new DomainError({
      type: 'NotFoundError',
      code: 'NOT_FOUND',
      message: 'There is no such scan. The query `scans` lists all there are.',
      path: ['input', 'scanId'],
      nodeId: scanId,
    });
  };

  const refuse = () => {
    const failure = refusalOf({
      status: deps.connection.status(),
      budget: deps.budget.state(),
      pause: deps.schedule.read().pause,
      now: clock.now(),
    });
    if (failure) throw new DomainError(failure);
  };

  /** The scan that runs, here or elsewhere, when it does what is asked for. */
  const join = (input: Parameters<ScannerService['run']>[0]): Scan | undefined => {
    const scan = ledger.unfinished();
    const kind = scan && ledger.kind(scan.id);
    if (!scan || !kind) return undefined;
    const asked = input.criteria ? criteriaHash(input.criteria) : undefined;
    const running = kind.criteria === null ? undefined : criteriaHash(JSON.parse(kind.criteria));
    if (asked === running && kind.dryRun === input.dryRun) return scan;
    throw new DomainError({
      type: 'ConflictError',
      code: 'CONFLICT',
      message: 'Another kind of scan is running (other criteria, or a dry run). Ask again when it has ended.',
    });
  };

  return {
    run: async (input) => {
      const { trigger, criteria, dryRun, idempotencyKey: key } = input;
      const remember = (scan: Scan) => {
        if (key !== undefined) keys.remember(key, input, scan.id);
      };
      const earlier = key === undefined ? undefined : keys.find(key, input);
      if (earlier !== undefined) return { scan: find(earlier), joined: false };
      const problems = criteria ? deps.jobs.checkCriteria(criteria) : [];
      if (problems.length > 0) throw new DomainError(problems);
      const isAsked = criteria ? deps.wanted.isScanned(criteria) : !deps.wanted.isNothing();
      if (!isAsked) throw new DomainError([nothingToScan]);
      refuse();
      if (!launcher.running()) {
        const launched = launcher.launch({
          trigger,
          ...(criteria && { criteria }),
          isDryRun: dryRun,
          onBegin: remember,
        });
        if (typeof launched === 'object') return { scan: find(launched.scan.id), joined: false };
      }
      const joined = db.transaction(() => {
        const scan = join(input);
        if (scan) remember(scan);
        return scan;
      });
      if (joined) return { scan: joined, joined: true };
      throw new DomainError({
        type: 'ConflictError',
        code: 'CONFLICT',
        message: 'Another server on this database is about to scan. Ask again in a moment.',
      });
    },

    cancel: async (scanId) => {
      const { status, id } = find(scanId);
      if (!unfinishedStatuses.includes(status))
        throw new DomainError({
          type: 'InvalidTransitionError',
          code: 'INVALID_TRANSITION',
          message: 'This scan has ended already.',
          path: ['input', 'scanId'],
          from: status,
          allowed: [],
        });
      ledger.requestCancel(id);
      const running = launcher.running();
      if (running?.scan.id === id) running.abort('cancelled');
      return find(id);
    },

    finished: async (scanId) => {
      for (;;) {
        const scan = find(scanId);
        if (!unfinishedStatuses.includes(scan.status)) return scan;
        const running = launcher.running();
        if (running?.scan.id === scanId) await running.done;
        else await clock.sleep(lookMs);
      }
    },
  };
}
