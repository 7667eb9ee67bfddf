import { isMap, isSeq } from 'yaml';
import type { JobCriteria } from '../../jobs/model.ts';
import { child, plainOf, type YamlDocument } from '../yaml/yaml-document.ts';
import { type PreferencesProblem, type Rules, readSection } from './interpret.ts';
import { type GivenSearch, searchKeys } from './search-keys.ts';

/** A saved search as a text describes it, complete: what the text does not say has its default. */
export interface DescribedSearch {
  readonly name: string;
  readonly query?: string;
  readonly criteria: JobCriteria;
  readonly scan: boolean;
  readonly enabled: boolean;
  readonly notify: boolean;
  readonly snoozedUntil?: Date;
  /** Where it stands. */
  readonly line: number;
}

/** What stands under `searches`, and every problem of it; undefined where the key is missing or blank. */
export function readSearches(
  document: YamlDocument,
  rules: Rules,
): { readonly searches?: readonly DescribedSearch[]; readonly problems: readonly PreferencesProblem[] } {
  const list = child(document.root, 'searches');
  if (list === undefined || plainOf(list) === null) return { problems: [] };
  if (!isSeq(list)) return { problems: [wrongType(document, ['searches'], 'expected a list of searches.')] };
  const read = list.items.map((entry, index) => readSearch(document, entry, index, rules));
  return {
    searches: read.flatMap(({ search }) => search ?? []),
    problems: read.flatMap(({ problems }) => problems),
  };
}

function readSearch(document: YamlDocument, entry: unknown, index: number, { keys, nearest, checkCriteria }: Rules) {
  const place = ['searches', String(index)];
  if (!isMap(entry)) return { problems: [wrongType(document, place, 'expected a search: name and criteria.')] };
  const named = readSection<GivenSearch>(
    { document, section: entry, place },
    { keys: searchKeys, nearest, checkCriteria: () => [] },
  );
  const wishes = child(entry, 'criteria');
  const criteria = isMap(wishes)
    ? readSection<JobCriteria>(
        { document, section: wishes, place: [...place, 'criteria'] },
        { keys: keys.filter(({ isCriterion }) => isCriterion), nearest, checkCriteria },
      )
    : { given: {}, problems: [] };
  const problems = [...within(named.problems, place), ...within(criteria.problems, [...place, 'criteria'])];
  const { name, query, scan = false, enabled = true, notify = true, snoozedUntil } = named.given;
  const isNameless = name === undefined && !named.problems.some(({ field }) => field === 'name');
  if (isNameless) problems.push(wrongType(document, place, 'expected a name.'));
  if (problems.length > 0 || name === undefined) return { problems };
  const search: DescribedSearch = {
    name,
    ...(query !== undefined && { query }),
    criteria: criteria.given,
    scan,
    enabled,
    notify,
    ...(snoozedUntil && { snoozedUntil }),
    line: document.lineAt(place),
  };
  return { search, problems };
}

function within(problems: readonly PreferencesProblem[], place: readonly string[]): PreferencesProblem[] {
  return problems.map((problem) => ({ ...problem, key: [...place, problem.key].filter(Boolean).join('.') }));
}

function wrongType(document: YamlDocument, place: readonly string[], message: string): PreferencesProblem {
  return { line: document.lineAt(place), key: place.join('.'), steps: [], constraint: 'type', message };
}
