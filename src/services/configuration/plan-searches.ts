import type { UserFailure } from '../failures/model.ts';
import type { ConfigurationText } from '../preferences/configuration-text.ts';
import type { DescribedSearch } from '../preferences/keys/read-searches.ts';
import type { SavedSearch } from '../searches/model.ts';
import { changesBetween } from './changes-between.ts';
import type { ConfigurationChange } from './model.ts';

/** Everything that is wrong with a search beside the others there will be. */
export type CheckSearch = (
  search: Omit<DescribedSearch, 'line'> & Pick<SavedSearch, 'channelIds'>,
  others: readonly Omit<DescribedSearch, 'line'>[],
) => readonly UserFailure[];

/** A search to be made, or changed where it is present. */
export interface PlannedSearch {
  readonly present?: SavedSearch;
  readonly search: DescribedSearch;
  readonly changes: readonly ConfigurationChange[];
}

/** What is to be done for the searches of a text. Of several of one name, the first of the text is the first that is saved, and so on. */
export function planSearches(
  described: readonly DescribedSearch[],
  saved: readonly SavedSearch[],
  { text, check }: { readonly text: ConfigurationText; readonly check: CheckSearch },
): { readonly changed: readonly PlannedSearch[]; readonly problems: readonly UserFailure[] } {
  const left = [...saved];
  const taken: DescribedSearch[] = [];
  const changed: PlannedSearch[] = [];
  const problems: UserFailure[] = [];
  for (const search of described) {
    const at = left.findIndex(({ name }) => name === search.name);
    const [present] = at < 0 ? [] : left.splice(at, 1);
    problems.push(
      ...check({ ...search, channelIds: [] }, [...left, ...taken]).map((problem) => ({
        ...problem,
        message: `Line ${search.line}: ${problem.message}`,
        path: ['input', 'yaml'],
      })),
    );
    taken.push(search);
    const changes = present ? changesOf(present, search, text) : [creationOf(search, text)];
    if (changes.length > 0) changed.push({ search, changes, ...(present && { present }) });
  }
  return { changed, problems };
}

function creationOf(search: DescribedSearch, text: ConfigurationText): ConfigurationChange {
  return { path: `searches.${search.name}`, before: null, after: text.plainSearch(search) };
}

function changesOf(present: SavedSearch, search: DescribedSearch, text: ConfigurationText): ConfigurationChange[] {
  const { criteria: before = {}, ...held } = text.plainSearch(present);
  const { criteria: after = {}, ...wanted } = text.plainSearch(search);
  const path = `searches.${search.name}`;
  return [
    ...changesBetween(path, held, wanted),
    ...changesBetween(
      `${path}.criteria`,
      before as object as Record<string, unknown>,
      after as Record<string, unknown>,
    ),
  ];
}
