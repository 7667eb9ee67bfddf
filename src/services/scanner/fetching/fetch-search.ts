import type { Posting } from '../../jobs/model.ts';
import type { UpstreamSearch, UpworkClient, UpworkError } from '../../upwork/model.ts';
import type { Stretch } from '../stretch.ts';
import type { FetchLimits } from './model.ts';
import { nulledStretches } from './nulled-stretches.ts';
import { newestInstant, tailInstant } from './posting-instants.ts';
import { nextCursor, pageSize, readPage, slotsOf } from './read-page.ts';

/** Pages of one search at most, whatever Upwork says is still to come (F99). */
const pagesAtMost = 100;

/** What one search gave, read from the newest on. */
export interface FetchedSearch {
  readonly postings: readonly Posting[];
  readonly received: number;
  /** Elements that Upwork nulled: postings that cannot be read this time. */
  readonly nulled: number;
  readonly pages: number;
  /**
   * Everything posted after this instant has been seen: −∞ where the list was read to its end, +∞ where nothing was
   * read.
   */
  readonly reachMs: number;
  /** When the nulled ones may have been posted. */
  readonly holes: readonly Stretch[];
  /** Why it ended. `broken`: Upwork promised more and gave nothing new, or our own page limit. */
  readonly end: 'exhausted' | 'settled' | 'limit' | 'broken' | 'failed';
  readonly failure?: UpworkError;
  /** Where reading can go on; absent where it cannot. */
  readonly next?: { readonly after: string; readonly isCount: boolean };
}

/**
 * Reads one search page by page as FACTS §5 says: from `"0"`, then the end cursor where it is a new one, else the
 * count of elements received, nulled ones included. Ends at an empty page, at the last one, at one that repeats, at
 * one that is known and old, and at `most`. What was read before a failure is kept.
 *
 * @throws UpworkError `cancelled` alone
 */
export async function fetchSearch(
  upwork: Pick<UpworkClient, 'search'>,
  search: UpstreamSearch,
  limits: FetchLimits,
): Promise<FetchedSearch> {
  const { most } = limits;
  const postings: Posting[] = [];
  const slots: (Posting | undefined)[] = [];
  const seen = new Set<string>();
  const sent = new Set<string>();
  let received = 0;
  let nulled = 0;
  let pages = 0;
  const result = (end: FetchedSearch['end'], more: Partial<FetchedSearch> = {}): FetchedSearch => {
    const reachMs = end === 'exhausted' ? Number.NEGATIVE_INFINITY : tailInstant(postings);
    return { postings, received, nulled, pages, reachMs, holes: nulledStretches(slots), end, ...more };
  };
  for (let after = '0'; ; ) {
    sent.add(after);
    const read = await readPage(upwork, search, { first: Math.min(pageSize, most - received), after }, limits);
    if ('failure' in read) return result('failed', read);
    const { page } = read;
    pages += 1;
    received += page.received;
    nulled += page.nulled;
    const isRepeated = page.postings.length > 0 && page.postings.every(({ externalId }) => seen.has(externalId));
    postings.push(...page.postings);
    slots.push(...slotsOf(page));
    for (const { externalId } of page.postings) seen.add(externalId);
    if (!page.hasNextPage) return result('exhausted');
    if (page.received === 0 || isRepeated) return result('broken');
    const next = nextCursor(page.endCursor, after, received);
    const place = { next: { after: next, isCount: next === String(received) } };
    if (isSettled(page.postings, limits)) return result('settled', place);
    if (received >= most) return result('limit', place);
    after = next;
    if (sent.has(after) || pages >= pagesAtMost) return result('broken');
  }
}

function isSettled(page: readonly Posting[], { windowStart, known }: FetchLimits): boolean {
  const newest = newestInstant(page);
  if (!windowStart || !Number.isFinite(newest) || newest >= windowStart.getTime()) return false;
  const stored = known(page.map(({ externalId }) => externalId));
  return page.every(({ externalId }) => stored.has(externalId));
}
