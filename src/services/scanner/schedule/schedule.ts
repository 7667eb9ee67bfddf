import type { Clock } from '../../../clock.ts';
import type { Random } from '../../../random.ts';
import type { Budget } from '../../budget/model.ts';
import type { ConnectionService } from '../../connection/model.ts';
import type { Database } from '../../database/model.ts';
import type { PreferencesService } from '../../preferences/model.ts';
import type { CoverageBook } from '../coverage/coverage.ts';
import { diagnoseAbsence } from '../diagnosis/diagnosis.ts';
import type { ScanLedger } from '../ledger/ledger.ts';
import type { ScanVerdict } from '../model.ts';
import type { Wanted } from '../nothing-asked.ts';
import { causeOf, refusalOf } from '../requests/refusals.ts';
import type { Launcher } from '../running/launch-scan.ts';
import type { ScheduleState, ScheduleStore } from '../schedule-state.ts';
import type { Estimates } from './estimates.ts';
import { blockedDelayMs, jitter, nextDue } from './next-due.ts';
import { isQuiet, quietEnd } from './quiet-hours.ts';

const idleMs = 30_000;
/** While another process scans, or may have died scanning. */
const busyMs = 5_000;
/** A scan this late was missed by sleep, downtime or a clock that jumped, not by a slow tick. */
const catchUpAfterMs = 60_000;

/** What the schedule needs. */
export interface ScheduleDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly budget: Pick<Budget, 'state'>;
  readonly connection: Pick<ConnectionService, 'status' | 'isUsable'>;
  readonly preferences: Pick<PreferencesService, 'current'>;
  readonly ledger: ScanLedger;
  readonly schedule: ScheduleStore;
  readonly coverage: CoverageBook;
  readonly estimates: Estimates;
  readonly launcher: Launcher;
  readonly wanted: Wanted;
}

/** Decides when scans are made. */
export interface Scheduler {
  /** Starts a scan when one is due; answers with the ms until it is worth looking again. */
  look(): number;
  /** The next due time, as the preferences and the last start have it now; undefined while nothing will be started. */
  nextScanAt(): Date | undefined;
  /** Somebody has just connected: scans at once, unless that is done already, or scanning is off. */
  connected(): void;
  /** The preferences have changed: plans from the last start anew. */
  replan(): void;
  /** The clock was put back by `-deltaMs`, or forward: what was planned by the old one must not keep scanning waiting. */
  jumped(deltaMs: number): void;
}

/** Makes the schedule of this database; all of it is decided from what is stored, so that restarts and other processes change nothing. */
export function createScheduler(deps: ScheduleDeps): Scheduler {
  const {
    db,
    clock,
    random,
    budget,
    connection,
    preferences,
    ledger,
    schedule,
    coverage,
    estimates,
    launcher,
    wanted,
  } = deps;

  const why = (state: ScheduleState) => {
    const status = connection.status();
    const failure = refusalOf({ status, budget: budget.state(), pause: state.pause, now: clock.now() });
    if (!failure && connection.isUsable()) return undefined;
    return { status: status.status, message: failure?.message ?? status.message, code: failure?.code };
  };

  /**
   * What is stored; at once where scans have been waiting for a connection that can be used now; never later than an interval from now, whatever the
   * clock was when it was planned, unless a failure asked for patience.
   */
  const dueAt = (state: ScheduleState): Date => {
    const now = clock.now();
    if (!state.nextDueAt || (state.nextDueAt > now && ledger.blockedInARow() > 0)) return now;
    if (state.failures > 0) return state.nextDueAt;
    const latest = new Date(now.getTime() + estimates.plan().intervalMs * (1 + jitter));
    return latest >= state.nextDueAt ? state.nextDueAt : earlier(awake(latest), state.nextDueAt);
  };
  const awake = (instant: Date) => {
    const { quietHours } = preferences.current();
    return quietHours ? quietEnd(instant, quietHours) : instant;
  };
  const plan = (from: Date) => schedule.plan(nextDue(from, estimates.plan().intervalMs, random.fraction()));

  /** An attempt that is not made has a row too. */
  const skip = (verdict: ScanVerdict, reason: string) =>
    ledger.skip(
      { trigger: 'SCHEDULE', dryRun: false, baseline: false, preferencesVersion: preferences.current().version },
      diagnoseAbsence(verdict, reason, verdict === 'NOT_RUN' ? undefined : connection.status().nextAction),
    );

  const skipOverlap = () =>
    db.transaction(() => {
      skip('NOT_RUN', 'The scan before was still running when this one was due. An interval that short is no use.');
      plan(clock.now());
    });

  const skipBlocked = ({ status, message, code }: NonNullable<ReturnType<typeof why>>) =>
    db.transaction(() => {
      const { throttledUntil } = budget.state();
      skip(code === 'RATE_LIMITED' ? 'RATE_LIMITED' : 'AUTH_FAILED', message);
      coverage.open(code === 'RATE_LIMITED' ? 'THROTTLED' : causeOf(status));
      const backOffMs = blockedDelayMs(ledger.blockedInARow() - 1, estimates.plan().intervalMs);
      const isThrottled = code === 'RATE_LIMITED' && throttledUntil && throttledUntil > clock.now();
      schedule.plan(isThrottled ? throttledUntil : new Date(clock.now().getTime() + backOffMs));
    });

  const startDue = (state: ScheduleState, due: Date): number => {
    const lateMs = clock.now().getTime() - due.getTime();
    const isLate = (lateMs > catchUpAfterMs || ledger.blockedInARow() > 0) && state.examinedTo !== undefined;
    if (isLate) db.transaction(() => coverage.late());
    const started = launcher.launch({
      trigger: isLate ? 'CATCH_UP' : 'SCHEDULE',
      isDryRun: false,
      ...(state.nextDueAt && { dueAt: state.nextDueAt }),
    });
    if (started === 'busy') return busyMs;
    return started === 'met' ? 0 : msUntil(schedule.read().nextDueAt);
  };
  const msUntil = (instant: Date | undefined) => (instant ? instant.getTime() - clock.now().getTime() : idleMs);

  return {
    look: () => {
      if (!launcher.recover()) return busyMs;
      const state = schedule.read();
      if (state.pause) return idleMs;
      const { enabled, quietHours } = preferences.current();
      if (!enabled || wanted.isNothing()) {
        db.transaction(() => coverage.open('PAUSED'));
        return idleMs;
      }
      const blocked = why(state);
      if (blocked && isNeverConnected(state, blocked.status)) return idleMs;
      const now = clock.now();
      // While Upwork cannot be asked, the stored time is the back-off's.
      const due = blocked ? (state.nextDueAt ?? now) : dueAt(state);
      if (due > now) {
        if (!blocked && state.nextDueAt && due < state.nextDueAt) schedule.plan(due);
        return msUntil(due);
      }
      if (quietHours && isQuiet(now, quietHours)) {
        schedule.plan(quietEnd(now, quietHours));
        return msUntil(quietEnd(now, quietHours));
      }
      if (launcher.running()) skipOverlap();
      else if (blocked) skipBlocked(blocked);
      else return startDue(state, due);
      return msUntil(schedule.read().nextDueAt);
    },
    nextScanAt: () => {
      const state = schedule.read();
      if (state.pause || !preferences.current().enabled || wanted.isNothing()) return undefined;
      const blocked = why(state);
      if (!blocked) return awake(dueAt(state));
      return blocked.code === 'RATE_LIMITED' ? (budget.state().throttledUntil ?? state.nextDueAt) : undefined;
    },
    connected: () => {
      const state = schedule.read();
      if (state.pause || !preferences.current().enabled || wanted.isNothing() || why(state)) return;
      const last = ledger.lastStart();
      if (last && last >= connection.status().statusChangedAt) return;
      launcher.launch({ trigger: 'CONNECTED', isDryRun: false });
    },
    replan: () => {
      const now = clock.now();
      // Whoever corrects what could not be asked wants to know at once whether it can be now.
      if (ledger.latestEnded()?.incident?.code === 'VALIDATION') return schedule.plan(now);
      const last = ledger.lastStart();
      if (!last || schedule.read().failures > 0) return;
      plan(earlier(last, now));
      // Due long ago by the new interval is due now: nothing has been missed by anybody.
      if (msUntil(schedule.read().nextDueAt) < 0) schedule.plan(now);
    },
    jumped: (deltaMs) => {
      const { nextDueAt } = schedule.read();
      // A due time that a step forward has passed is late as it stands.
      if (deltaMs < 0 && nextDueAt) schedule.plan(new Date(nextDueAt.getTime() + deltaMs));
    },
  };
}

function earlier(a: Date, b: Date): Date {
  return new Date(Math.min(a.getTime(), b.getTime()));
}

/** Before the first connection there is nothing to be late for. */
function isNeverConnected({ examinedTo }: ScheduleState, status: string): boolean {
  return examinedTo === undefined && ['DISCONNECTED', 'CONNECTING'].includes(status);
}
