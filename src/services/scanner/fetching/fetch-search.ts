import type { Posting } from '../../jobs/model.ts';
import { type SearchPage, type UpstreamSearch, type UpworkClient, UpworkError } from '../../upwork/model.ts';
import { nulledStretches } from './nulled-stretches.ts';
import { newestInstant, tailInstant } from './posting-instants.ts';
import type { Stretch } from './stretch.ts';

/** Elements asked for at once: the page size seen live (FACTS §5); the largest allowed is unknown. */
export const pageSize = 50;
/** Pages of one search at most, whatever Upwork says is still to come (F99). */
const pagesAtMost = 100;

/** How far to page, and what is known already. */
export interface FetchLimits {
  /** Elements of one search at most. */
  readonly most: number;
  /** Whole pages of known postings older than this end the search. Undefined: look as far as `most` allows. */
  readonly windowStart?: Date;
  /** Which of these external ids are stored. */
  readonly known: (externalIds: readonly string[]) => ReadonlySet<string>;
  /** Called after each page; throws when the scan is to stop. */
  readonly onPage: (received: number) => void;
  readonly signal: AbortSignal;
}

/** What one search gave. */
export interface FetchedSearch {
  readonly postings: readonly Posting[];
  readonly received: number;
  /** Elements that Upwork nulled: postings that cannot be read this time. */
  readonly nulled: number;
  readonly pages: number;
  /**
   * Everything posted after this instant has been seen: −∞ where the list was read to its end, +∞ where nothing was read.
   */
  readonly reachMs: number;
  /** When the nulled ones may have been posted. */
  readonly holes: readonly Stretch[];
  /** Why it ended. `broken`: Upwork promised more and gave nothing new, or our own page limit. */
  readonly end: 'exhausted' | 'settled' | 'limit' | 'broken' | 'failed';
  readonly failure?: UpworkError;
}

/**
 * Reads one search page by page as FACTS §5 says: from `"0"`, then the end cursor where it is a new one, else the count of elements received, nulled
 * ones included. Ends at an empty page, at the last one, at one that repeats, at one that is known and old, and at `most`. What was read before a
 * failure is kept.
 *
 * @throws UpworkError `cancelled` alone
 */
export async function fetchSearch(
  upwork: Pick<UpworkClient, 'search'>,
  search: UpstreamSearch,
  limits: FetchLimits,
): Promise<FetchedSearch> {
  const { most, signal, onPage } = limits;
  const postings: Posting[] = [];
  const slots: (Posting | undefined)[] = [];
  const seen = new Set<string>();
  const sent = new Set<string>();
  let received = 0;
  let nulled = 0;
  let pages = 0;
  const result = (end: FetchedSearch['end'], failure?: UpworkError): FetchedSearch => {
    const reachMs = end === 'exhausted' ? Number.NEGATIVE_INFINITY : tailInstant(postings);
    const holes = nulledStretches(slots);
    return { postings, received, nulled, pages, reachMs, holes, end, ...(failure && { failure }) };
  };
  for (let after = '0'; ; ) {
    let page: SearchPage;
    sent.add(after);
    try {
      page = await upwork.search(
        search,
        { first: Math.min(pageSize, most - received), after },
        { purpose: 'SCAN', signal },
      );
    } catch (error) {
      if (error instanceof UpworkError && error.code !== 'cancelled') return result('failed', error);
      throw error;
    }
    pages += 1;
    received += page.received;
    nulled += page.nulled;
    const isRepeated = page.postings.length > 0 && page.postings.every(({ externalId }) => seen.has(externalId));
    postings.push(...page.postings);
    slots.push(...slotsOf(page));
    for (const { externalId } of page.postings) seen.add(externalId);
    onPage(received);
    if (!page.hasNextPage) return result('exhausted');
    if (page.received === 0 || isRepeated) return result('broken');
    if (isSettled(page.postings, limits)) return result('settled');
    if (received >= most) return result('limit');
    after = nextCursor(page.endCursor, after, received);
    if (sent.has(after) || pages >= pagesAtMost) return result('broken');
  }
}

/** The list as it was received, nothing in place of what was nulled. */
function slotsOf({ postings, nulledAt = [] }: SearchPage): (Posting | undefined)[] {
  const slots: (Posting | undefined)[] = [...postings];
  for (const place of nulledAt) slots.splice(place, 0, undefined);
  return slots;
}

function nextCursor(endCursor: string | undefined, sent: string, received: number): string {
  return endCursor !== undefined && endCursor !== '' && endCursor !== sent ? endCursor : String(received);
}

function isSettled(page: readonly Posting[], { windowStart, known }: FetchLimits): boolean {
  const newest = newestInstant(page);
  if (!windowStart || !Number.isFinite(newest) || newest >= windowStart.getTime()) return false;
  const stored = known(page.map(({ externalId }) => externalId));
  return page.every(({ externalId }) => stored.has(externalId));
}
