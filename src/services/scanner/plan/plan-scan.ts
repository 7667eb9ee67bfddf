import type { ResolvedCategories } from '../../categories/model.ts';
import type { JobCriteria } from '../../jobs/model.ts';
import { UpworkError } from '../../upwork/model.ts';
import type { SearchSet } from '../fetching/fetch-postings.ts';
import { ScanRefusal } from '../running/incident.ts';
import type { ScannedSearch, ScanTask } from '../scan-task.ts';
import { termsOf } from '../search-terms.ts';
import { planSearches } from './plan.ts';

/** What a saved search asks of Upwork. */
export interface SavedSearchSet extends SearchSet {
  readonly search: ScannedSearch;
}

/** What a scan asks of Upwork. */
export interface ScanPlan {
  /** For the criteria of the scan. */
  readonly own: SearchSet;
  readonly saved: readonly SavedSearchSet[];
  /** The criteria, with everything a posting may call their categories. */
  readonly criteria: JobCriteria;
  /** What the names of the criteria's categories stand for. */
  readonly resolved: ResolvedCategories;
  /** Saved searches that cannot be asked, a sentence each. */
  readonly notes: readonly string[];
}

type Resolve = (names: readonly string[]) => Promise<ResolvedCategories>;

/**
 * Plans a scan. A saved search that cannot be asked does not keep the rest from being asked.
 * @throws ScanRefusal for criteria with a category that Upwork does not have
 * @throws UpworkError where the categories of the criteria cannot be had
 */
export async function planScan(
  {
    criteria,
    newsFromMs,
    isOwnAsked,
    scanned,
    signal,
  }: Pick<ScanTask, 'criteria' | 'newsFromMs' | 'isOwnAsked' | 'scanned' | 'signal'>,
  resolveCategories: Resolve,
): Promise<ScanPlan> {
  const names = criteria.categories ?? [];
  const resolved = await resolveCategories(names);
  // Upwork answers a name it does not know with nothing at all and no error (FACTS §5): "0 jobs" would be a lie.
  if (resolved.unknown.length > 0)
    throw new ScanRefusal(
      `${noCategory(resolved.unknown)} Correct \`categories\` in the preferences; the query \`categories\` lists all there are.`,
    );
  const saved: SavedSearchSet[] = [];
  const notes: string[] = [];
  for (const search of scanned) {
    signal.throwIfAborted();
    const planned = await planSaved(search, resolveCategories);
    if (typeof planned === 'object') saved.push(planned);
    else notes.push(`The saved search "${search.name}" was not asked of Upwork. ${planned}`);
  }
  return {
    own: { searches: isOwnAsked ? planSearches(criteria, resolved) : [], newsFromMs },
    saved,
    criteria: names.length > 0 ? { ...criteria, categories: resolved.names } : criteria,
    resolved,
    notes,
  };
}

/** The set of a saved search, or why there is none. */
async function planSaved(search: ScannedSearch, resolveCategories: Resolve): Promise<SavedSearchSet | string> {
  try {
    const resolved = await resolveCategories(search.criteria.categories ?? []);
    if (resolved.unknown.length > 0) return `${noCategory(resolved.unknown)} Correct its \`categories\`.`;
    return { search, searches: planSearches(termsOf(search), resolved), newsFromMs: search.newsFromMs };
  } catch (error) {
    if (error instanceof UpworkError) return 'The categories of Upwork could not be read.';
    throw error;
  }
}

function noCategory(unknown: ResolvedCategories['unknown']): string {
  const each = unknown.map(({ name, suggestions }) =>
    suggestions.length > 0
      ? `"${name}" (did you mean ${suggestions.map((suggestion) => `"${suggestion}"`).join(' or ')}?)`
      : `"${name}"`,
  );
  return `Upwork has no category ${each.join(', ')}.`;
}
