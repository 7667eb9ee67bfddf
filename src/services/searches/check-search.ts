import type { UserFailure, Warning } from '../failures/model.ts';
import type { JobCriteria } from '../jobs/model.ts';
import type { SavedSearch } from './model.ts';

const nameAtMost = 100;
const queryAtMost = 500;
/** Each is held against every posting that is read: more would be felt. */
const searchesAtMost = 200;

/** A search as somebody wants it. */
export type WantedSearch = Pick<
  SavedSearch,
  'name' | 'query' | 'criteria' | 'scan' | 'enabled' | 'notify' | 'snoozedUntil' | 'channelIds'
>;

/** What a search is held against. */
export interface SearchRules {
  /** Problems of criteria, paths from the criteria on. */
  readonly checkCriteria: (criteria: JobCriteria) => readonly UserFailure[];
  /** Names that the platform has no category for, with those most like them; none while its categories are not known. */
  readonly unknownCategories: (
    names: readonly string[],
  ) => readonly { readonly name: string; readonly suggestions: readonly string[] }[];
  readonly isChannel: (id: string) => boolean;
}

/** Everything that is wrong with a search, each with its place in the input. */
export function checkSearch(
  search: WantedSearch,
  others: readonly Pick<SavedSearch, 'name'>[],
  { checkCriteria, unknownCategories, isChannel }: SearchRules,
): UserFailure[] {
  const { name, query, criteria, channelIds } = search;
  const names = criteria.categories ?? [];
  return [
    ...(others.length >= searchesAtMost
      ? [wrong(['name'], 'count', `There are ${searchesAtMost} searches already. Delete one first.`)]
      : []),
    ...(name === '' || name.length > nameAtMost
      ? [wrong(['name'], 'length', `A search needs a name of 1 to ${nameAtMost} characters.`)]
      : []),
    ...(query === undefined ? [] : checkQuery(query)),
    ...checkCriteria(criteria).map((failure) => ({
      ...failure,
      path: ['input', 'criteria', ...(failure.path ?? [])],
    })),
    ...unknownCategories(names).map((unknown) =>
      wrong(['criteria', 'categories', String(names.indexOf(unknown.name))], 'category', noCategory(unknown)),
    ),
    ...channelIds.flatMap((id, index) =>
      isChannel(id)
        ? []
        : [wrong(['channelIds', String(index)], 'channel', `There is no channel ${id.slice(0, 60)}. Leave it out.`)],
    ),
  ];
}

function checkQuery(query: string): UserFailure[] {
  if (query.length > queryAtMost) {
    const message = `The text to search for has ${query.length} characters, at most ${queryAtMost} are allowed. Shorten it.`;
    return [wrong(['query'], 'maxLength', message)];
  }
  if (/[\p{L}\p{N}]/u.test(query)) return [];
  return [wrong(['query'], 'value', 'The text to search for needs a letter or digit to look for.')];
}

function noCategory({ name, suggestions }: { name: string; suggestions: readonly string[] }): string {
  const near = suggestions.map((suggestion) => `"${suggestion}"`).join(' or ');
  return `Upwork has no category "${name.slice(0, 60)}". ${near ? `Did you mean ${near}?` : 'The query `categories` lists all there are.'}`;
}

function wrong(place: readonly string[], constraint: string, message: string): UserFailure {
  return { type: 'ValidationError', code: 'VALIDATION', message, path: ['input', ...place], constraint };
}

/** What is accepted and worth knowing. */
export function searchWarnings(search: SavedSearch, others: readonly SavedSearch[]): Warning[] {
  const warnings: Warning[] = [];
  const duplicate = (path: readonly string[], message: string) =>
    warnings.push({ code: 'DUPLICATE_SAVED_SEARCH', message, path: ['input', ...path] });
  const same = others.find((other) => wishOf(other) === wishOf(search));
  if (same) duplicate(['criteria'], `The search "${same.name}" asks for the same.`);
  if (others.some(({ name }) => name.toLowerCase() === search.name.toLowerCase()))
    duplicate(['name'], `Another search is called "${search.name}" too.`);
  if (!search.query && Object.keys(search.criteria).length === 0)
    warnings.push({
      code: 'QUERY_TOO_BROAD',
      message: 'This search has neither a text nor criteria: it matches every job.',
      path: ['input', 'criteria'],
    });
  return warnings;
}

/** One text for the same wish, whatever the order of its parts. */
function wishOf({ query, criteria }: SavedSearch): string {
  const parts = Object.entries(criteria)
    .map(([name, value]) => [name, Array.isArray(value) ? value.toSorted() : value])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return JSON.stringify([query ?? '', parts]);
}
