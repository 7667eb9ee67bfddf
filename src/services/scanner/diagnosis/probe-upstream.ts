import type { Budget } from '../../budget/model.ts';
import type { ResolvedCategories } from '../../categories/model.ts';
import type { CriterionName, JobCriteria } from '../../jobs/model.ts';
import type { UpworkClient } from '../../upwork/model.ts';
import type { ScanSuggestion } from '../model.ts';
import { planSearches } from '../plan/plan.ts';
import { relaxed, suggestionsAtMost } from './suggestions.ts';

/** The criteria that Upwork itself filters by, the ones that are most often too narrow first. */
const upstreamCriteria = [
  'keywords',
  'skills',
  'categories',
  'experienceLevels',
  'jobTypes',
  'clientPaymentVerified',
] as const satisfies readonly CriterionName[];
/** Below this share of the day's requests none is spent on explaining. */
const sparedShare = 0.2;

/**
 * Upwork has nothing: asks it again with one criterion left out at a time, one small request each and three at most, to find which of them empties the
 * search. Spends nothing when the day's requests run low; answers with what it has when a request fails.
 */
export async function probeUpstream(
  { upwork, budget }: { upwork: Pick<UpworkClient, 'search'>; budget: Pick<Budget, 'state'> },
  criteria: JobCriteria,
  resolved: Pick<ResolvedCategories, 'categoryIds' | 'subcategoryIds'>,
  signal: AbortSignal,
): Promise<ScanSuggestion[]> {
  const suggestions: ScanSuggestion[] = [];
  for (const criterion of upstreamCriteria.filter((name) => isAsked(criteria[name])).slice(0, suggestionsAtMost)) {
    const { remainingToday, perDay, throttledUntil } = budget.state();
    if (throttledUntil || remainingToday < perDay * sparedShare) break;
    const ids = criterion === 'categories' ? { categoryIds: [], subcategoryIds: [] } : resolved;
    const [search = {}] = planSearches(relaxed(criteria, criterion), ids);
    try {
      const page = await upwork.search(search, { first: 10, after: '0' }, { purpose: 'DIAGNOSIS', signal });
      if (page.received > 0) suggestions.push(suggestionOf(criterion, page.totalCount ?? page.received));
    } catch {
      // An explanation is not worth a failed scan.
      break;
    }
  }
  return suggestions;
}

function suggestionOf(criterion: CriterionName, found: number): ScanSuggestion {
  return {
    message: `Upwork has ${found} postings or more where \`${criterion}\` is left out: it alone leaves none.`,
    patch: { [criterion]: null },
  };
}

function isAsked(value: JobCriteria[(typeof upstreamCriteria)[number]]): boolean {
  return Array.isArray(value) ? value.length > 0 : value === true;
}
