import type { ResolvedCategories } from '../../categories/resolve.ts';
import type { JobCriteria } from '../../jobs/model.ts';
import { UpworkError } from '../../upwork/model.ts';
import type { AskedSet } from '../fetching/fetch-postings.ts';
import { ScanRefusal } from '../running/incident.ts';
import type { AskedSearch, ScanTask } from '../running/scan-task.ts';
import { planSearches } from './plan.ts';
import { wishOf } from './wish.ts';

/** What a saved search asks of Upwork. */
export interface SearchSet extends AskedSet {
  readonly search: AskedSearch;
}

/** What a scan asks of Upwork. */
export interface ScanPlan {
  /** For the criteria of the scan. */
  readonly own: AskedSet;
  readonly saved: readonly SearchSet[];
  /** The criteria, with everything a posting may call their categories. */
  readonly criteria: JobCriteria;
  /** What the names of the criteria's categories stand for. */
  readonly resolved: ResolvedCategories;
  /** Saved searches that cannot be asked, a sentence each. */
  readonly remarks: readonly string[];
}

type Resolve = (names: readonly string[]) => Promise<ResolvedCategories>;

/**
 * Plans a scan. A saved search that cannot be asked does not keep the rest from being asked.
 * @throws ScanRefusal for criteria with a category that Upwork does not have
 * @throws UpworkError where the categories of the criteria cannot be had
 */
export async function planScan(
  { criteria, isBaseline, asked, signal }: Pick<ScanTask, 'criteria' | 'isBaseline' | 'asked' | 'signal'>,
  resolveCategories: Resolve,
): Promise<ScanPlan> {
  const names = criteria.categories ?? [];
  const resolved = await resolveCategories(names);
  // Upwork answers a name it does not know with nothing at all and no error (FACTS §5): "0 jobs" would be a lie.
  if (resolved.unknown.length > 0)
    throw new ScanRefusal(
      `${noCategory(resolved.unknown)} Correct \`categories\` in the preferences; the query \`categories\` lists all there are.`,
    );
  const saved: SearchSet[] = [];
  const remarks: string[] = [];
  for (const search of asked) {
    signal.throwIfAborted();
    const planned = await planSaved(search, resolveCategories);
    if (typeof planned === 'object') saved.push(planned);
    else remarks.push(`The saved search "${search.name}" was not asked of Upwork. ${planned}`);
  }
  return {
    own: { searches: planSearches(criteria, resolved), isBaseline },
    saved,
    criteria: names.length > 0 ? { ...criteria, categories: resolved.names } : criteria,
    resolved,
    remarks,
  };
}

/** The set of a saved search, or why there is none. */
async function planSaved(search: AskedSearch, resolveCategories: Resolve): Promise<SearchSet | string> {
  try {
    const resolved = await resolveCategories(search.criteria.categories ?? []);
    if (resolved.unknown.length > 0) return `${noCategory(resolved.unknown)} Correct its \`categories\`.`;
    return { search, searches: planSearches(wishOf(search), resolved), isBaseline: search.isBaseline };
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
