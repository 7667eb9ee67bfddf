import type { Explain } from '../jobs/criteria/explain.ts';
import type { CriterionName, Job, JobCriteria, JobService } from '../jobs/model.ts';
import type { ScanSuggestion } from '../scanner/model.ts';
import { admit } from './admit-job.ts';
import { patchBetween } from './criteria-patch.ts';
import { askedFor } from './describe-criterion.ts';
import { type Examine, isMatch } from './examine.ts';
import { criteriaSet } from './funnel.ts';

/** A job that was held against a filter. */
export interface Judged {
  readonly job: Job;
  readonly criteria: JobCriteria;
  readonly query: string | undefined;
  readonly droppedBy: readonly CriterionName[];
  readonly matchesQuery: boolean;
  readonly now: Date;
}

/** What these suggestions need. */
export interface AdmittingDeps {
  /** Tells every criterion that drops a job, the score too. */
  readonly explain: Explain;
  readonly examine: Examine;
  readonly jobs: Pick<JobService, 'checkCriteria'>;
}

/**
 * The smallest change for each criterion that drops the job and, where there are several, all of them together. The gain is what the change would
 * bring among all jobs whose content is kept, this one included once nothing else drops it.
 */
export function suggestAdmitting(
  { explain, examine, jobs }: AdmittingDeps,
  { job, criteria, query, droppedBy, matchesQuery, now }: Judged,
): ScanSuggestion[] {
  if (droppedBy.length === 0) return [];
  const text = query === undefined ? {} : { query };
  const count = (counted: JobCriteria) => examine({ criteria: counted, ...text }).filter(isMatch).length;
  const drops = (judged: JobCriteria) =>
    explain({ criteria: judged, seqs: [job.seq], scores: 'fresh' })[0]?.droppedBy ?? [];
  const evidence = { job, now, drops };
  const present = count(criteria);
  const suggestion = (changed: JobCriteria, message: string): ScanSuggestion[] =>
    jobs.checkCriteria(changed).length > 0
      ? []
      : [{ message, estimatedGain: count(changed) - present, patch: patchBetween(criteria, changed) }];
  const single = droppedBy.flatMap((criterion) => {
    const changed = admit(criterion, criteria, evidence);
    const how = howOf(criterion, criteria, changed);
    const isPassed = matchesQuery && drops(changed).length === 0;
    return suggestion(changed, isPassed ? `${how} this job passes.` : `${how} one reason less keeps this job out.`);
  });
  if (droppedBy.length === 1 || !matchesQuery) return single;
  const all = droppedBy.reduce((changed, criterion) => admit(criterion, changed, evidence), criteria);
  const isEnough = drops(all).length === 0;
  return [...(isEnough ? suggestion(all, 'With all of these changes this job passes.') : []), ...single];
}

function howOf(criterion: CriterionName, before: JobCriteria, after: JobCriteria): string {
  if (!criteriaSet(after).includes(criterion)) return `Without \`${criterion}\``;
  return before.requireKnown?.includes(criterion) && !after.requireKnown?.includes(criterion)
    ? `With jobs of which Upwork does not say \`${criterion}\``
    : `With \`${criterion}\` ${askedFor(criterion, after)}`;
}
