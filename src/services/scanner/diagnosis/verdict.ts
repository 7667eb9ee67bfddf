import type { ScanCounts, ScanVerdict } from '../model.ts';

/** What of a scan that asked Upwork decides on its verdict. */
export interface Findings {
  readonly counts: ScanCounts;
  /** Of a failure that left nothing, or a part, unread. */
  readonly failureVerdict: ScanVerdict | undefined;
  /** Upwork's pages broke off. */
  readonly isBroken: boolean;
  /** Elements that could not be read. */
  readonly nulled: number;
  /** Postings that were not stored before. */
  readonly newcomers: number;
  /** One of the postings was posted after the last scan looked. */
  readonly hasRecent: boolean;
}

/**
 * Why a scan found what it found. "Nothing" is never the same as "nothing could be read": a failure without a new posting is named first.
 */
export function verdictOf({ counts, failureVerdict, isBroken, nulled, newcomers, hasRecent }: Findings): ScanVerdict {
  if (counts.new > 0) return failureVerdict || isBroken || nulled > 0 ? 'PARTLY_READ' : 'HEALTHY';
  if (failureVerdict) return failureVerdict;
  if (counts.fetched === 0) return isBroken || nulled > 0 ? 'UPSTREAM_FAILED' : 'UPSTREAM_EMPTY';
  if (newcomers > 0 || counts.filteredOut === counts.fetched) return 'ALL_FILTERED';
  return hasRecent ? 'ALL_DUPLICATES' : 'NO_NEW_POSTINGS';
}
