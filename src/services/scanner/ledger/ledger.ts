import { ulid } from 'ulid';
import type { Clock } from '../../../clock.ts';
import type { Random } from '../../../random.ts';
import type { PlatformIncident } from '../../connection/model.ts';
import type { Database } from '../../database/model.ts';
import type { JobCriteria } from '../../jobs/model.ts';
import type { Scan, ScanCounts, ScanDiagnosis, ScanPhase, ScanStatus, ScanTrigger } from '../model.ts';
import { type ScanRow, toScan } from './scan-row.ts';

/** What is known of a scan before it runs. */
export interface NewScan {
  readonly trigger: ScanTrigger;
  /** Only where they are not those of the preferences. */
  readonly criteria?: JobCriteria;
  readonly dryRun: boolean;
  readonly baseline: boolean;
  readonly preferencesVersion: number;
  /** Of the saved searches that are asked as well; none where there are none. */
  readonly searchesHash?: string;
}

/** How a scan ended. */
export interface ScanEnd {
  readonly status: ScanStatus;
  readonly counts: ScanCounts;
  readonly durationMs?: number;
  readonly incident?: PlatformIncident;
  readonly diagnosis: ScanDiagnosis;
}

/** The rows of all attempts, also of those not made. Every write joins the caller's transaction. */
export interface ScanLedger {
  /** A row that runs from now on. */
  begin(scan: NewScan): Scan;
  /** A row of an attempt that was not made; the diagnosis says why. */
  skip(scan: NewScan, diagnosis: ScanDiagnosis): Scan;
  setPhase(seq: number, phase: ScanPhase): void;
  setCounts(seq: number, counts: ScanCounts): void;
  end(seq: number, end: ScanEnd): void;
  /** Rows that no living process can still be working on become INTERRUPTED; the caller holds the lease. Returns their ids. */
  interruptUnfinished(diagnosis: ScanDiagnosis): string[];
  unfinished(): Scan | undefined;
  byId(id: string): Scan | undefined;
  latest(): Scan | undefined;
  latestEnded(): Scan | undefined;
  diagnosis(id: string): ScanDiagnosis | undefined;
  /** What kind of scan it is: two of the same kind do the same. */
  kind(id: string): { criteria: string | null; dryRun: boolean } | undefined;
  /** Start of the last scan with the criteria of the preferences that was no dry run. */
  lastStart(): Date | undefined;
  /** How many of the last attempts, in a row, were not made because Upwork could not be asked. */
  blockedInARow(): number;
  /** The scan before this one, with the same preferences, when Upwork had nothing for it either. */
  lastEmpty(
    scan: Pick<Scan, 'seq' | 'preferencesVersion'>,
  ): { readonly at: Date; readonly suggestions: ScanDiagnosis['suggestions'] } | undefined;
  /** Deletes what scans of a week ago made of postings that were not new to them. */
  trim(): void;
  requestCancel(id: string): void;
  isCancelRequested(seq: number): boolean;
}

const platform = 'upwork';
const keptMs = 7 * 86_400_000;
/** How far back trimming looks: further back it has been done. */
const trimmedMs = 30 * 86_400_000;

/** The ledger of this database. */
export function createLedger(db: Database, clock: Pick<Clock, 'now'>, random: Pick<Random, 'fraction'>): ScanLedger {
  const { sql } = db;
  const insert = sql.prepare(
    `INSERT INTO scans (id, platform, trigger, status, phase, dry_run, baseline, criteria, queued_at, started_at, finished_at, preferences_version, searches_hash, diagnosis)
     VALUES (@id, '${platform}', @trigger, @status, @phase, @dryRun, @baseline, @criteria, @now, @startedAt, @finishedAt, @preferencesVersion, @searchesHash, @diagnosis) RETURNING *`,
  );
  const phase = sql.prepare('UPDATE scans SET phase = ? WHERE seq = ?');
  const countsOf = `fetched = @fetched, duplicates = @duplicates, updated = @updated, filtered_out = @filteredOut, new = @new,
     notified = @notified, upstream_requests = @upstreamRequests`;
  const counts = sql.prepare(`UPDATE scans SET ${countsOf} WHERE seq = @seq`);
  const end = sql.prepare(
    `UPDATE scans SET ${countsOf}, status = @status, phase = 'DONE', finished_at = @now, duration_ms = @durationMs, incident = @incident,
     diagnosis = @diagnosis WHERE seq = @seq`,
  );
  const interrupt = sql
    .prepare(
      "UPDATE scans SET status = 'INTERRUPTED', finished_at = @now, diagnosis = @diagnosis WHERE status IN ('QUEUED', 'RUNNING') RETURNING id",
    )
    .pluck();
  const unfinished = sql.prepare("SELECT * FROM scans WHERE status IN ('QUEUED', 'RUNNING') ORDER BY seq DESC LIMIT 1");
  const byId = sql.prepare('SELECT * FROM scans WHERE id = ?');
  const latest = sql.prepare('SELECT * FROM scans WHERE dry_run = 0 ORDER BY seq DESC LIMIT 1');
  const latestEnded = sql.prepare(
    "SELECT * FROM scans WHERE status NOT IN ('QUEUED', 'RUNNING') ORDER BY seq DESC LIMIT 1",
  );
  const diagnosis = sql.prepare('SELECT diagnosis FROM scans WHERE id = ?').pluck();
  const kind = sql.prepare('SELECT criteria, dry_run AS dryRun FROM scans WHERE id = ?');
  const lastStart = sql
    .prepare(
      'SELECT started_at FROM scans WHERE started_at IS NOT NULL AND dry_run = 0 AND criteria IS NULL ORDER BY seq DESC LIMIT 1',
    )
    .pluck();
  const skips = sql
    .prepare(
      `SELECT count(*) FROM scans WHERE status = 'SKIPPED' AND diagnosis ->> 'verdict' <> 'NOT_RUN'
       AND seq > coalesce((SELECT max(seq) FROM scans WHERE status <> 'SKIPPED'), 0)`,
    )
    .pluck();
  const before = sql.prepare(
    `SELECT queued_at AS at, diagnosis, preferences_version AS version FROM scans
     WHERE seq < ? AND criteria IS NULL AND status = 'SUCCEEDED' ORDER BY seq DESC LIMIT 1`,
  );
  const trim = sql.prepare(
    `DELETE FROM scan_jobs WHERE outcome <> 'new' AND scan_seq IN (SELECT seq FROM scans WHERE queued_at BETWEEN ? AND ?)`,
  );
  const cancel = sql.prepare('UPDATE scans SET cancel_requested_at = ? WHERE id = ?');
  const isCancelled = sql.prepare('SELECT cancel_requested_at IS NOT NULL FROM scans WHERE seq = ?').pluck();
  const nowMs = () => clock.now().getTime();
  const scanOf = (row: unknown) => (row === undefined ? undefined : toScan(row as ScanRow));

  const add = (scan: NewScan, more: { status: ScanStatus; phase: ScanPhase; diagnosis?: ScanDiagnosis }): Scan => {
    const now = nowMs();
    const row = insert.get({
      id: `scan_${ulid(now, () => random.fraction())}`,
      trigger: scan.trigger,
      status: more.status,
      phase: more.phase,
      dryRun: Number(scan.dryRun),
      baseline: Number(scan.baseline),
      criteria: scan.criteria ? JSON.stringify(scan.criteria) : null,
      now,
      startedAt: more.status === 'RUNNING' ? now : null,
      finishedAt: more.status === 'RUNNING' ? null : now,
      preferencesVersion: scan.preferencesVersion,
      searchesHash: scan.searchesHash ?? null,
      diagnosis: more.diagnosis ? JSON.stringify(more.diagnosis) : null,
    });
    return toScan(row as ScanRow);
  };

  return {
    begin: (scan) => add(scan, { status: 'RUNNING', phase: 'AUTHENTICATING' }),
    skip: (scan, why) => add(scan, { status: 'SKIPPED', phase: 'DONE', diagnosis: why }),
    setPhase: (seq, value) => void phase.run(value, seq),
    setCounts: (seq, value) => void counts.run({ seq, ...value }),
    end: (seq, value) =>
      void end.run({
        seq,
        ...value.counts,
        status: value.status,
        now: nowMs(),
        durationMs: value.durationMs ?? null,
        incident: value.incident ? JSON.stringify(value.incident) : null,
        diagnosis: JSON.stringify(value.diagnosis),
      }),
    interruptUnfinished: (why) => interrupt.all({ now: nowMs(), diagnosis: JSON.stringify(why) }) as string[],
    unfinished: () => scanOf(unfinished.get()),
    byId: (id) => scanOf(byId.get(id)),
    latest: () => scanOf(latest.get()),
    latestEnded: () => scanOf(latestEnded.get()),
    diagnosis: (id) => {
      const text = diagnosis.get(id) as string | null | undefined;
      return text ? (JSON.parse(text) as ScanDiagnosis) : undefined;
    },
    kind: (id) => {
      const row = kind.get(id) as { criteria: string | null; dryRun: number } | undefined;
      return row && { criteria: row.criteria, dryRun: row.dryRun === 1 };
    },
    lastStart: () => {
      const at = lastStart.get() as number | undefined;
      return at === undefined ? undefined : new Date(at);
    },
    blockedInARow: () => skips.get() as number,
    lastEmpty: ({ seq, preferencesVersion }) => {
      const row = before.get(seq) as { at: number; diagnosis: string; version: number } | undefined;
      if (!row || row.version !== preferencesVersion) return undefined;
      const { verdict, suggestions } = JSON.parse(row.diagnosis) as ScanDiagnosis;
      return verdict === 'UPSTREAM_EMPTY' ? { at: new Date(row.at), suggestions } : undefined;
    },
    trim: () => void trim.run(nowMs() - keptMs - trimmedMs, nowMs() - keptMs),
    requestCancel: (id) => void cancel.run(nowMs(), id),
    isCancelRequested: (seq) => isCancelled.get(seq) === 1,
  };
}
