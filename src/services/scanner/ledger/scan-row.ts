import type { PlatformIncident } from '../../connection/model.ts';
import type { Scan, ScanCounts, ScanPhase, ScanStatus, ScanTrigger } from '../model.ts';

/** A row of `scans`, as far as it is read. */
export interface ScanRow {
  readonly seq: number;
  readonly id: string;
  readonly trigger: ScanTrigger;
  readonly status: ScanStatus;
  readonly phase: ScanPhase;
  readonly queued_at: number;
  readonly started_at: number | null;
  readonly finished_at: number | null;
  readonly duration_ms: number | null;
  readonly fetched: number;
  readonly duplicates: number;
  readonly updated: number;
  readonly filtered_out: number;
  readonly new: number;
  readonly notified: number;
  readonly upstream_requests: number;
  readonly incident: string | null;
  readonly preferences_version: number;
  readonly dry_run: 0 | 1;
}

/** The counts of a scan that has not done anything yet. */
export const noCounts: ScanCounts = {
  fetched: 0,
  duplicates: 0,
  updated: 0,
  filteredOut: 0,
  new: 0,
  notified: 0,
  upstreamRequests: 0,
};

/** Statuses of a scan that has not ended. */
export const unfinishedStatuses: readonly ScanStatus[] = ['QUEUED', 'RUNNING'];

/** The scan a row stands for. */
export function toScan(row: ScanRow): Scan {
  return {
    seq: row.seq,
    id: row.id,
    trigger: row.trigger,
    status: row.status,
    phase: row.phase,
    queuedAt: new Date(row.queued_at),
    ...(row.started_at !== null && { startedAt: new Date(row.started_at) }),
    ...(row.finished_at !== null && { finishedAt: new Date(row.finished_at) }),
    ...(row.duration_ms !== null && { durationMs: row.duration_ms }),
    counts: {
      fetched: row.fetched,
      duplicates: row.duplicates,
      updated: row.updated,
      filteredOut: row.filtered_out,
      new: row.new,
      notified: row.notified,
      upstreamRequests: row.upstream_requests,
    },
    ...(row.incident !== null && { incident: toIncident(row.incident) }),
    preferencesVersion: row.preferences_version,
    isDryRun: row.dry_run === 1,
  };
}

/** An incident as JSON has it: its instants are strings. */
function toIncident(text: string): PlatformIncident {
  const { occurredAt, nextRetryAt, ...rest } = JSON.parse(text) as Omit<
    PlatformIncident,
    'occurredAt' | 'nextRetryAt'
  > & { occurredAt: string; nextRetryAt?: string };
  return {
    ...rest,
    occurredAt: new Date(occurredAt),
    ...(nextRetryAt !== undefined && { nextRetryAt: new Date(nextRetryAt) }),
  };
}
