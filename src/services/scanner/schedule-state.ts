import type { Actor } from '../access/model.ts';
import type { Database } from '../database/model.ts';
import type { ScanPause } from './model.ts';

/** The row of `scan_schedule`: what of scanning survives a restart. */
export interface ScheduleState {
  readonly nextDueAt?: Date;
  /** Start of the first scan. */
  readonly baselineAt?: Date;
  readonly pause?: ScanPause;
  readonly examinedTo?: Date;
  readonly examinedBefore?: Date;
  readonly failures: number;
}

/** Reads and writes it; every write joins the caller's transaction. */
export interface ScheduleStore {
  read(): ScheduleState;
  plan(nextDueAt: Date): void;
  pause(pause: ScanPause): void;
  resume(): void;
  setFailures(failures: number): void;
  /** A scan has looked at everything posted up to `to`. */
  examined(to: Date): void;
}

interface Row {
  readonly next_due_at: number | null;
  readonly baseline_at: number | null;
  readonly paused_at: number | null;
  readonly pause_reason: string | null;
  readonly paused_by: string | null;
  readonly examined_to: number | null;
  readonly examined_before: number | null;
  readonly failures: number;
}

/** The schedule of this database. */
export function createScheduleStore({ sql }: Database): ScheduleStore {
  sql.prepare("INSERT OR IGNORE INTO scan_schedule (platform) VALUES ('upwork')").run();
  const read = sql.prepare("SELECT * FROM scan_schedule WHERE platform = 'upwork'");
  const update = (columns: string) => sql.prepare(`UPDATE scan_schedule SET ${columns} WHERE platform = 'upwork'`);
  const plan = update('next_due_at = ?');
  const pause = update('paused_at = ?, pause_reason = ?, paused_by = ?');
  const failures = update('failures = ?');
  const examined = update(
    'examined_before = examined_to, examined_to = @to, baseline_at = coalesce(baseline_at, @to), failures = 0',
  );
  return {
    read: () => toState(read.get() as Row),
    plan: (nextDueAt) => void plan.run(nextDueAt.getTime()),
    pause: ({ since, reason, by }) => void pause.run(since.getTime(), reason, JSON.stringify(by)),
    resume: () => void pause.run(null, null, null),
    setFailures: (count) => void failures.run(count),
    examined: (to) => void examined.run({ to: to.getTime() }),
  };
}

function toState(row: Row): ScheduleState {
  return {
    ...(row.next_due_at !== null && { nextDueAt: new Date(row.next_due_at) }),
    ...(row.baseline_at !== null && { baselineAt: new Date(row.baseline_at) }),
    ...(row.paused_at !== null && {
      pause: {
        since: new Date(row.paused_at),
        reason: row.pause_reason ?? '',
        by: JSON.parse(row.paused_by ?? '') as Actor,
      },
    }),
    ...(row.examined_to !== null && { examinedTo: new Date(row.examined_to) }),
    ...(row.examined_before !== null && { examinedBefore: new Date(row.examined_before) }),
    failures: row.failures,
  };
}
