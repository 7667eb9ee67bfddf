import type { ResolvedCategories } from '../../categories/resolve.ts';
import type { Lease } from '../../database/model.ts';
import type { JobCriteria } from '../../jobs/model.ts';
import type { ActiveSearch } from '../../searches/model.ts';
import type { Fetched } from '../fetching/fetch-postings.ts';
import type { Scan } from '../model.ts';
import type { Tally } from '../storing/tally.ts';

/** A saved search that is asked of Upwork. */
export interface AskedSearch extends ActiveSearch {
  /** It has not been asked before: what only it shows and was posted before `silentUntil` is found silently. */
  readonly isBaseline: boolean;
}

/** One scan, ready to run. */
export interface ScanTask {
  readonly scan: Scan;
  readonly lease: Lease;
  readonly criteria: JobCriteria;
  /** Every posting that is read is judged by these as well. */
  readonly searches: readonly ActiveSearch[];
  /** Those of them that are asked of Upwork too: the one asked longest ago first. */
  readonly asked: readonly AskedSearch[];
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
  /** Saved searches that Upwork answered whole. */
  readonly answered: readonly AskedSearch[];
  /** What else there is to say of it, a sentence each. */
  readonly remarks: readonly string[];
}
