import type { Posting } from '../../jobs/model.ts';
import type { UpstreamSearch, UpworkClient, UpworkError, UpworkErrorCode } from '../../upwork/model.ts';
import { searchKey } from '../plan/plan.ts';
import { outside, type Stretch } from '../stretch.ts';
import { type FetchedGaps, fetchGaps, noGaps } from './fetch-gaps.ts';
import { type FetchedSearch, fetchSearch } from './fetch-search.ts';
import { mergePostings } from './merge-postings.ts';
import type { FetchLimits } from './model.ts';
import { pageSize } from './read-page.ts';

/** Failures of one search that say nothing about the next one. */
const singular: readonly UpworkErrorCode[] = [
  'timeout',
  'unavailable',
  'unexpected_response',
  'invalid_query',
  'bad_parameter',
];
const failuresAtMost = 2;

/** What is asked for the criteria of the preferences, or for those of one saved search. */
export interface SearchSet {
  readonly searches: readonly UpstreamSearch[];
  /**
   * What was posted before this instant, in ms, is no news to it: it was there, or below the bound, at the first
   * look.
   */
  readonly newsFromMs: number;
}

/** What Upwork showed to all searches of a scan. */
export interface Fetched {
  /** Each once, newest first. */
  readonly postings: readonly Posting[];
  /** Those of them that were stored before this scan. */
  readonly known: ReadonlySet<string>;
  /** For each of them, from which posting time on it is news to one of the sets that showed it. In ms. */
  readonly newsFromMs: ReadonlyMap<string, number>;
  /** For each set: whether all its searches were answered as far as they were to go, and how far that was. */
  readonly sets: readonly { readonly isWhole: boolean; readonly reachMs: number }[];
  /** List elements of all pages, nulled ones and repetitions included. */
  readonly received: number;
  readonly nulled: number;
  readonly pages: number;
  /** Everything posted after this instant has been seen: ±∞ as in `FetchedSearch`. */
  readonly reachMs: number;
  /** Stretches that were not read by every search. */
  readonly unread: readonly Stretch[];
  /** When the nulled ones may have been posted. */
  readonly holes: readonly Stretch[];
  /** A search ended although there was more: Upwork's paging broke, or our page limit. */
  readonly isBroken: boolean;
  readonly failure?: UpworkError;
}

/** What one search gave altogether. */
interface SearchResult {
  readonly head: FetchedSearch;
  readonly gaps: FetchedGaps;
}

/** Pages that reading the newest `most` elements of each search takes at most. */
export function pagesAtMost(sets: readonly Pick<SearchSet, 'searches'>[], most: number): number {
  return distinctSearches(sets).length * Math.ceil(most / pageSize);
}

/** The searches of all sets in order, each once. */
function distinctSearches(sets: readonly Pick<SearchSet, 'searches'>[]): UpstreamSearch[] {
  return [...new Map(sets.flatMap(({ searches }) => searches.map((search) => [searchKey(search), search]))).values()];
}

/**
 * Asks all searches one after the other, those that several sets share once: what is newest of each first, then what
 * earlier scans left unread. Everything that was read is given. A failure that concerns one search alone leaves the
 * others their turn; any other ends the asking.
 *
 * @throws UpworkError `cancelled` alone
 */
export async function fetchPostings(
  upwork: Pick<UpworkClient, 'search'>,
  sets: readonly SearchSet[],
  limits: FetchLimits,
): Promise<Fetched> {
  const searches = distinctSearches(sets);
  const byKey = new Map<string, SearchResult>();
  for (const search of searches) {
    byKey.set(searchKey(search), { head: await fetchSearch(upwork, search, limits), gaps: noGaps });
    if (isOver([...byKey.values()])) break;
  }
  for (const search of limits.gaps.length > 0 ? searches : []) {
    if (isOver([...byKey.values()])) break;
    const result = byKey.get(searchKey(search));
    if (result) byKey.set(searchKey(search), { ...result, gaps: await fetchGaps(upwork, search, result.head, limits) });
  }
  const results = [...byKey.values()];
  const resultsOf = (set: SearchSet) => set.searches.map((search) => byKey.get(searchKey(search)));
  const listOf = (set: SearchSet) => resultsOf(set).flatMap((result) => (result ? postingsOf(result) : []));
  const postings = mergePostings(sets.map(listOf));
  const failure = failuresOf(results)[0];
  const sum = (count: (result: FetchedSearch | FetchedGaps) => number) =>
    results.reduce((total, { head, gaps }) => total + count(head) + count(gaps), 0);
  const unasked = results.length < searches.length ? [always] : [];
  return {
    postings,
    known: limits.known(postings.map(idOf)),
    newsFromMs: newsFrom(sets.map((set) => ({ ...set, postings: listOf(set) }))),
    sets: sets.map((set) => ({
      isWhole: resultsOf(set).every((result) => result && !['failed', 'broken'].includes(result.head.end)),
      reachMs: Math.max(...resultsOf(set).map((result) => result?.head.reachMs ?? Number.POSITIVE_INFINITY)),
    })),
    received: sum(({ received }) => received),
    nulled: sum(({ nulled }) => nulled),
    pages: sum(({ pages }) => pages),
    reachMs: Math.max(
      ...results.map(({ head }) => head.reachMs),
      unasked.length > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY,
    ),
    unread: [...unasked, ...results.flatMap(unreadOf)],
    holes: results.flatMap(({ head, gaps }) => [...head.holes, ...gaps.holes]),
    isBroken: results.some(({ head }) => head.end === 'broken'),
    ...(failure && { failure }),
  };
}

const always: Stretch = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

function isOver(results: readonly SearchResult[]): boolean {
  const failures = failuresOf(results);
  return failures.length >= failuresAtMost || failures.some(({ code }) => !singular.includes(code));
}

function postingsOf({ head, gaps }: SearchResult): Posting[] {
  return [...head.postings, ...gaps.postings];
}

/** The stretches that a search has not read. */
function unreadOf({ head, gaps }: SearchResult): Stretch[] {
  return outside({ from: Number.NEGATIVE_INFINITY, to: head.reachMs }, gaps.seen);
}

function newsFrom(sets: readonly { newsFromMs: number; postings: readonly Posting[] }[]): Map<string, number> {
  const earliest = new Map<string, number>();
  for (const { newsFromMs, postings } of sets)
    for (const { externalId } of postings)
      earliest.set(externalId, Math.min(newsFromMs, earliest.get(externalId) ?? newsFromMs));
  return earliest;
}

function idOf({ externalId }: Posting): string {
  return externalId;
}

function failuresOf(results: readonly SearchResult[]): UpworkError[] {
  return results.flatMap(({ head, gaps }) => [head.failure, gaps.failure]).filter((failure) => failure !== undefined);
}
