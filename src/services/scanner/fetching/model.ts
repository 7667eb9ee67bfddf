import type { Stretch } from '../stretch.ts';

/** How far to page, and what is known already. */
export interface FetchLimits {
  /** Elements that one search reads from the newest on at most, and new postings that it brings at most. */
  readonly most: number;
  /** Whole pages of known postings older than this end the search. Undefined: look as far as `most` allows. */
  readonly windowStart?: Date;
  /** Stretches that earlier scans did not read, those to be read first in front. */
  readonly gaps: readonly Stretch[];
  /** Which of these external ids are stored. */
  readonly known: (externalIds: readonly string[]) => ReadonlySet<string>;
  /** How many postings are stored that were posted in a stretch. */
  readonly storedIn: (stretch: Stretch) => number;
  /** Called after each page; throws when the scan is to stop. */
  readonly onPage: () => void;
  readonly signal: AbortSignal;
}
