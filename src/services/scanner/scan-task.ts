import type { ResolvedCategories } from '../categories/model.ts';
import type { Lease } from '../database/model.ts';
import type { JobCriteria } from '../jobs/model.ts';
import type { ActiveSearch } from '../searches/model.ts';
import type { Fetched } from './fetching/fetch-postings.ts';
import type { Scan } from './model.ts';
import type { Tally } from './storing/model.ts';
import type { Stretch } from './stretch.ts';

/** A saved search that is asked of Upwork. */
export interface ScannedSearch extends ActiveSearch {
  /** It has not been asked before. */
  readonly isBaseline: boolean;
  /** What was posted before this instant, in ms, is no news to it. */
  readonly newsFromMs: number;
}

/** One scan, ready to run. */
export interface ScanTask {
  readonly scan: Scan;
  readonly lease: Lease;
  readonly criteria: JobCriteria;
  /** Every posting that is read is judged by these as well. */
  readonly searches: readonly ActiveSearch[];
  /** Those of them that are asked of Upwork too: the one asked longest ago first. */
  readonly scanned: readonly ScannedSearch[];
  readonly maxResults: number;
  /** The criteria are asked of Upwork and judge what is read; false where they ask for nothing: then the searches alone do. */
  readonly isOwnAsked: boolean;
  /** The criteria are those of the preferences: coverage and baseline count. */
  readonly isRegular: boolean;
  readonly isDryRun: boolean;
  /** These criteria have not been scanned before. */
  readonly isBaseline: boolean;
  /** What was posted before this instant, in ms, is no news to these criteria: it is found silently. */
  readonly newsFromMs: number;
  /** When the last scan looked; undefined for the first one. */
  readonly examinedTo?: Date;
  /** How far back to look; undefined for as far as the bound allows. */
  readonly windowStart?: Date;
  /** Stretches that earlier scans have left unread and that are to be read now, the oldest first. */
  readonly gaps: readonly Stretch[];
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
  readonly answered: readonly { readonly search: ScannedSearch; readonly reachMs: number }[];
  /** What else there is to say of it, a sentence each. */
  readonly notes: readonly string[];
}
