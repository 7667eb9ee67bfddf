import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CriterionName, JobCriteria, JobService } from '../../jobs/model.ts';
import type { ScanSuggestion } from '../model.ts';

/** Suggestions of one scan at most. */
export const suggestionsAtMost = 3;

/** The criteria without one of them. */
export function relaxed(criteria: JobCriteria, criterion: CriterionName): JobCriteria {
  const key = criterion === 'maximumAge' ? 'maximumAgeMs' : criterion;
  return Object.fromEntries(Object.entries(criteria).filter(([name]) => name !== key));
}

/**
 * What giving up one criterion would bring, for those that alone kept postings out. The gain is counted among the stored jobs with the very question
 * that is asked once it has been applied, so that the promise holds; what gains nothing is not suggested.
 */
export async function suggestRelaxing(
  jobs: Pick<JobService, 'countMatching'>,
  criteria: JobCriteria,
  soleDroppers: readonly CriterionName[],
): Promise<ScanSuggestion[]> {
  if (soleDroppers.length === 0) return [];
  const present = jobs.countMatching(criteria).count;
  const suggestions: ScanSuggestion[] = [];
  for (const criterion of soleDroppers.slice(0, suggestionsAtMost)) {
    // Each question goes over all jobs that are kept: other work comes in between.
    await nextTurn();
    const estimatedGain = jobs.countMatching(relaxed(criteria, criterion)).count - present;
    if (estimatedGain <= 0) continue;
    const message = `Without \`${criterion}\`, ${estimatedGain} more of the jobs kept here would match.`;
    suggestions.push({ message, estimatedGain, patch: { [criterion]: null } });
  }
  return suggestions;
}
