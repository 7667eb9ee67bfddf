import type { ResolvedCategories } from '../categories/resolve.ts';
import type { Lease } from '../database/model.ts';
import type { JobCriteria } from '../jobs/model.ts';
import type { Fetched } from './fetch-postings.ts';
import type { Scan } from './model.ts';
import type { Tally } from './tally.ts';

/** One scan, ready to run. */
export interface ScanTask {
  readonly scan: Scan;
  readonly lease: Lease;
  readonly criteria: JobCriteria;
  readonly maxResults: number;
  /** The criteria are those of the preferences: coverage and baseline count. */
  readonly isRegular: boolean;
  readonly isDryRun: boolean;
  /** These criteria have not been scanned before: what was posted before `silentUntil`, or everything, is found silently. */
  readonly isBaseline: boolean;
  readonly silentUntil?: Date;
  /** How far back to look; undefined for as far as the bound allows. */
  readonly windowStart?: Date;
  /** Aborted with an `AbortReason`. */
  readonly signal: AbortSignal;
}

/** Why a scan is stopped: by a person, by the end of the process, because another process has taken over. */
export type AbortReason = 'cancelled' | 'stopped' | 'lost';

/** What a scan found out until it ended. */
export interface ScanResult {
  readonly fetched: Fetched;
  readonly tally: Tally;
  /** What was asked of the stored jobs. */
  readonly criteria: JobCriteria;
  /** What the names of categories stand for. */
  readonly resolved: ResolvedCategories;
}
