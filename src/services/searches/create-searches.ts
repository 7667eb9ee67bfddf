import { isDeepStrictEqual } from 'node:util';
import { ulid } from 'ulid';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Database } from '../database/model.ts';
import type { EventLog, NodeChange } from '../events/model.ts';
import { DomainError } from '../failures/model.ts';
import type { Explain } from '../jobs/criteria/explain.ts';
import type { JobService } from '../jobs/model.ts';
import { checkSearch, type SearchRules, searchWarnings, type WantedSearch } from './check-search.ts';
import type { SavedSearch, SearchChange, SearchesForScans, SearchService } from './model.ts';
import { createSearchMatches } from './search-matches.ts';
import { createSearchTable } from './search-table.ts';
import { changedSearch, newSearch } from './wanted-search.ts';

/** What saved searches need. */
export interface SearchDeps {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Pick<Random, 'fraction'>;
  readonly jobs: Pick<JobService, 'checkCriteria' | 'count'>;
  readonly explain: Explain;
  readonly unknownCategories: SearchRules['unknownCategories'];
  /** Default: there are no channels. */
  readonly isChannel?: SearchRules['isChannel'];
  /** Where a change is announced. Default: nowhere. */
  readonly events?: Pick<EventLog, 'append' | 'announce'>;
}

/** The saved searches of this database. Holds nothing open. */
export function createSearches(deps: SearchDeps): SearchService & SearchesForScans {
  const { db, clock, random, jobs } = deps;
  const table = createSearchTable(db);
  const matches = createSearchMatches(db, deps.explain);
  const listeners = new Set<() => void>();
  const rules: SearchRules = {
    checkCriteria: jobs.checkCriteria,
    unknownCategories: deps.unknownCategories,
    isChannel: deps.isChannel ?? (() => false),
  };

  const known = (id: string): SavedSearch => {
    const search = table.byId(id);
    if (search) return search;
    throw new DomainError({
      type: 'NotFoundError',
      code: 'NOT_FOUND',
      message: `There is no saved search ${id.slice(0, 60)}. The query \`savedSearches\` lists all there are.`,
      path: ['input', 'savedSearchId'],
      nodeId: id,
    });
  };

  const checked = (wanted: WantedSearch, others: readonly SavedSearch[]): WantedSearch => {
    const problems = checkSearch(wanted, others, rules);
    if (problems.length > 0) throw new DomainError(problems);
    return wanted;
  };

  const changing = <Result>(work: () => Result extends Promise<unknown> ? never : Result): Result => {
    const result = db.transaction<Result>(work);
    deps.events?.announce();
    for (const listener of listeners) listener();
    return result;
  };

  const announce = (subjectId: string, change: NodeChange, changed: readonly string[] = []) =>
    deps.events?.append({ type: 'NODE_CHANGED', subjectId, change, changed });

  return {
    byId: table.byId,
    all: table.all,
    list: table.list,
    count: table.count,
    ofJob: table.ofJob,
    unseenCount: createUnseenCount(deps),
    create: (input) =>
      changing((): SearchChange => {
        const others = table.all();
        const wanted = checked(newSearch(input), others);
        const now = clock.now();
        const search = table.insert(`search_${ulid(now.getTime(), () => random.fraction())}`, wanted, now);
        matches.renew(search, now);
        announce(search.id, 'CREATED');
        return { search, warnings: searchWarnings(search, others) };
      }),
    update: (input) =>
      changing((): SearchChange => {
        const present = known(input.savedSearchId);
        refuseOutdated(present, input.expectedVersion);
        const others = table.all().filter(({ id }) => id !== present.id);
        const wanted = checked(changedSearch(present, input), others);
        const now = clock.now();
        const search = table.update(present.id, wanted, now);
        if (matchesAnew(present, search)) matches.renew(search, now);
        announce(search.id, 'UPDATED', changedFields(present, search));
        return { search, warnings: searchWarnings(search, others) };
      }),
    remove: (id) =>
      changing((): void => {
        matches.forget(known(id).id);
        table.remove(id);
        announce(id, 'DELETED');
      }),
    active: () => {
      const now = clock.now();
      return table
        .all()
        .filter(({ enabled }) => enabled)
        .map((search) => ({ ...search, isSilent: !search.notify || isSnoozed(search, now) }));
    },
    noteMatches: (jobId, searchIds) => matches.add(jobId, searchIds, clock.now()),
    noteScanned: (searchIds, at) => {
      for (const id of searchIds) table.markScanned(id, at);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Windows such as the last day's move on: a count is good for so long, and only while nobody writes. */
const countKeptMs = 1_000;

/** Counts of one moment are worked out once: events, aliases and pages ask for the same ones. */
function createUnseenCount({ db, clock, jobs }: Pick<SearchDeps, 'db' | 'clock' | 'jobs'>) {
  const known = new Map<string, number>();
  let [version, keptUntil] = ['', 0];
  return (id: string): number => {
    const [present, now] = [db.dataVersion(), clock.now().getTime()];
    if (present !== version || now >= keptUntil || now < keptUntil - countKeptMs) {
      known.clear();
      [version, keptUntil] = [present, now + countKeptMs];
    }
    const count = known.get(id) ?? jobs.count({ filter: { savedSearchId: id, triage: ['NEW'] } }).count;
    known.set(id, count);
    return count;
  };
}

/** Names of what the person can change and did. */
function changedFields(before: SavedSearch, after: SavedSearch): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof SavedSearch)[];
  const counters: readonly (keyof SavedSearch)[] = ['updatedAt', 'version', 'lastScanAt'];
  return names.filter((name) => !counters.includes(name) && !isDeepStrictEqual(before[name], after[name]));
}

function isSnoozed({ snoozedUntil }: SavedSearch, now: Date): boolean {
  return snoozedUntil !== undefined && snoozedUntil > now;
}

/** Whether it may match other jobs than before. */
function matchesAnew(before: SavedSearch, after: SavedSearch): boolean {
  const wish = ({ query, criteria, enabled }: SavedSearch) => JSON.stringify([query ?? null, criteria, enabled]);
  return wish(before) !== wish(after);
}

function refuseOutdated({ version }: SavedSearch, expected: number | undefined): void {
  if (expected === undefined || expected === version) return;
  throw new DomainError({
    type: 'ConflictError',
    code: 'CONFLICT',
    message: `The search is at version ${version}, not ${expected}. Read it again, then repeat the change.`,
    path: ['input', 'expectedVersion'],
    currentVersion: version,
  });
}
