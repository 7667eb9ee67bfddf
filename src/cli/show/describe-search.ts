import type { SavedSearch, SavedSearchSummary, SavedSearchWithJobs } from '../../client/operations/search-answers.ts';
import { clean, table, withoutMilliseconds } from '../print.ts';
import { describeJobs } from './describe-job.ts';
import { describeCriteria } from './describe-preferences.ts';

/** Saved searches as a table; says so when there are none. */
export function describeSearches(searches: readonly SavedSearchSummary[], now: Date): string {
  if (searches.length === 0) return 'No saved searches.';
  return table(
    ['ID', 'STATE', 'SCAN', 'LAST SCAN', 'UNSEEN', 'NAME'],
    searches.map((search) => [
      search.id,
      stateOf(search, now),
      search.scan ? 'yes' : 'no',
      search.lastScanAt ? withoutMilliseconds(search.lastScanAt) : '–',
      `${search.unseenCount}`,
      search.name,
    ]),
  );
}

/** One saved search with all it asks for. */
export function describeSearch(search: SavedSearch, now: Date): string {
  return [
    `Name: ${clean(search.name)}`,
    `Id: ${clean(search.id)}`,
    `State: ${stateOf(search, now)}`,
    `Asked of Upwork: ${search.scan ? `at every scan, last ${lastScan(search)}` : 'no, judges what is read anyway'}`,
    `Unseen: ${search.unseenCount}`,
    ...(search.query ? [`Text: ${clean(search.query)}`] : []),
    ...describeCriteria(search.criteria),
  ].join('\n');
}

/** The same, with the newest jobs that match it. */
export function describeSearchWithJobs(search: SavedSearchWithJobs, now: Date): string {
  return `${describeSearch(search, now)}\n\n${describeJobs(search.jobs.nodes)}`;
}

function lastScan({ lastScanAt }: SavedSearch): string {
  return lastScanAt ? withoutMilliseconds(lastScanAt) : 'never';
}

function stateOf({ enabled, notify, snoozedUntil }: SavedSearchSummary, now: Date): string {
  if (!enabled) return 'off';
  if (snoozedUntil && new Date(snoozedUntil) > now) return `snoozed until ${withoutMilliseconds(snoozedUntil)}`;
  return notify ? 'on' : 'on, quiet';
}
