import type { Posting } from '../../jobs/model.ts';
import type { UpstreamSearch, UpworkClient, UpworkError, UpworkErrorCode } from '../../upwork/model.ts';
import { searchKey } from '../plan/plan.ts';
import { type FetchedSearch, type FetchLimits, fetchSearch } from './fetch-search.ts';
import { mergePostings } from './merge-postings.ts';
import type { Stretch } from './stretch.ts';

/** Failures of one search that say nothing about the next one. */
const singular: readonly UpworkErrorCode[] = [
  'timeout',
  'unavailable',
  'unexpected_response',
  'invalid_query',
  'bad_parameter',
];
const failuresAtMost = 2;

/** What is asked for one wish. */
export interface AskedSet {
  readonly searches: readonly UpstreamSearch[];
  /** Nothing has been asked for it before. */
  readonly isBaseline: boolean;
}

/** What Upwork showed to all searches of a scan. */
export interface Fetched {
  /** Each once, newest first, bounded. */
  readonly postings: readonly Posting[];
  /** Those of them that were stored before this scan. */
  readonly known: ReadonlySet<string>;
  /** Those that only baselines showed. */
  readonly baselineOnly: ReadonlySet<string>;
  /** For each set, whether all its searches were answered as far as they were to go. */
  readonly wholeSets: readonly boolean[];
  /** List elements of all pages, nulled ones and repetitions included. */
  readonly received: number;
  readonly nulled: number;
  /** Readable postings, each once. */
  readonly distinct: number;
  readonly pages: number;
  /** Everything posted after this instant has been seen: ±∞ as in `FetchedSearch`. */
  readonly reachMs: number;
  /** When the nulled ones may have been posted. */
  readonly holes: readonly Stretch[];
  /** A search ended although there was more: Upwork's paging broke, or our page limit. */
  readonly isBroken: boolean;
  /** The bound kept something out. */
  readonly isBounded: boolean;
  readonly failure?: UpworkError;
}

/** The searches of all sets in order, each once. */
export function distinctSearches(sets: readonly Pick<AskedSet, 'searches'>[]): UpstreamSearch[] {
  return [...new Map(sets.flatMap(({ searches }) => searches.map((search) => [searchKey(search), search]))).values()];
}

/**
 * Asks all searches one after the other, those that several sets share once, and merges what they give; where the bound keeps something out, each
 * set has its fair share. A failure that concerns one search alone leaves the others their turn; any other ends the asking. What was read stays.
 *
 * @throws UpworkError `cancelled` alone
 */
export async function fetchPostings(
  upwork: Pick<UpworkClient, 'search'>,
  sets: readonly AskedSet[],
  limits: FetchLimits,
): Promise<Fetched> {
  const searches = distinctSearches(sets);
  const byKey = new Map<string, FetchedSearch>();
  const results: FetchedSearch[] = [];
  for (const search of searches) {
    const result = await fetchSearch(upwork, search, limits);
    results.push(result);
    byKey.set(searchKey(search), result);
    const { failure } = result;
    if (failure && (!singular.includes(failure.code) || failuresOf(results).length >= failuresAtMost)) break;
  }
  const resultsOf = (set: AskedSet) => set.searches.map((search) => byKey.get(searchKey(search)));
  const listOf = (set: AskedSet) => resultsOf(set).flatMap((result) => result?.postings ?? []);
  const merged = mergePostings(sets.map(listOf), limits.most);
  const familiar = new Set(
    sets
      .filter(({ isBaseline }) => !isBaseline)
      .flatMap(listOf)
      .map(idOf),
  );
  const known = limits.known([...merged.postings, ...merged.cut].map(idOf));
  const failure = failuresOf(results)[0];
  const sum = (count: (result: FetchedSearch) => number) => results.reduce((total, each) => total + count(each), 0);
  return {
    postings: merged.postings,
    known,
    baselineOnly: new Set(merged.postings.map(idOf).filter((id) => !familiar.has(id))),
    wholeSets: sets.map((set) =>
      resultsOf(set).every((result) => result && !['failed', 'broken'].includes(result.end)),
    ),
    received: sum(({ received }) => received),
    nulled: sum(({ nulled }) => nulled),
    distinct: merged.distinct,
    pages: sum(({ pages }) => pages),
    reachMs: Math.max(
      ...results.map(({ reachMs }) => reachMs),
      results.length < searches.length ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY,
      newestMissed(merged.cut, known),
    ),
    holes: results.flatMap(({ holes }) => holes),
    isBroken: results.some(({ end }) => end === 'broken'),
    isBounded: merged.cut.length > 0 || results.some(({ end }) => end === 'limit'),
    ...(failure && { failure }),
  };
}

function idOf({ externalId }: Posting): string {
  return externalId;
}

function failuresOf(results: readonly FetchedSearch[]): UpworkError[] {
  return results.flatMap(({ failure }) => (failure ? [failure] : []));
}

/** The newest posting that the bound left out although it was unknown: back to it, and no further, everything has been seen. */
function newestMissed(cut: readonly Posting[], known: ReadonlySet<string>): number {
  const missed = cut.filter(({ externalId }) => !known.has(externalId));
  return Math.max(...missed.map(({ postedAt }) => (postedAt?.getTime() ?? 0) + 1_000), Number.NEGATIVE_INFINITY);
}
