import type { Clock } from '../../clock.ts';
import type { NextAction } from '../connection/model.ts';
import { DomainError } from '../failures/model.ts';
import type { Explain } from '../jobs/criteria/explain.ts';
import type { CriterionName, Job, JobCriteria, JobService } from '../jobs/model.ts';
import type { PreferencesService } from '../preferences/model.ts';
import type { ScanDiagnosis, ScanFunnelStep } from '../scanner/model.ts';
import { askedFor, found, isOfOtherCurrency } from './describe-criterion.ts';
import type { Examine } from './examine.ts';
import { criteriaSet } from './funnel.ts';
import type { PreviewService, SavedSearch } from './model.ts';
import { suggestAdmitting } from './suggest-admitting.ts';

/** What asking why needs. */
export interface WhyNotDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly jobs: Pick<JobService, 'byId' | 'checkCriteria'>;
  readonly explain: Explain;
  readonly examine: Examine;
  readonly preferences: Pick<PreferencesService, 'current'>;
  /** @throws DomainError NOT_FOUND */
  readonly savedSearch: (id: string) => SavedSearch;
}

const nothingToDo: NextAction = { kind: 'NONE', message: 'Nothing to do.' };
const expired: ScanDiagnosis = {
  verdict: 'NOT_RUN',
  summary: 'The content of this job has been deleted after its retention: nothing can be held against it any more.',
  funnel: [],
  suggestions: [],
  nextAction: nothingToDo,
};

/** Explains one job: each criterion judged by itself, and the smallest changes that let it pass. */
export function createWhyNot(deps: WhyNotDeps): PreviewService['whyNot'] {
  const { clock, jobs, explain, preferences } = deps;
  return (jobId, savedSearchId) => {
    const asked = savedSearchId === undefined ? undefined : deps.savedSearch(savedSearchId);
    const job = jobs.byId(jobId);
    if (!job) throw notFound(jobId);
    const criteria = asked?.criteria ?? preferences.current().criteria;
    const query = asked?.query;
    const [judged] = explain({ criteria, seqs: [job.seq], scores: 'fresh', ...(query !== undefined && { query }) });
    if (!judged) return expired;
    const of = asked ? `the search "${asked.name}"` : 'your preferences';
    const { droppedBy, matchesQuery } = judged;
    const funnel = stepsFor(job, criteria, droppedBy, clock.now());
    if (query !== undefined) funnel.unshift(textStep(query, matchesQuery));
    const isPassed = matchesQuery && droppedBy.length === 0;
    return {
      verdict: isPassed ? 'HEALTHY' : 'ALL_FILTERED',
      summary: isPassed
        ? `This job passes ${of}.`
        : `This job does not pass ${of}: ${reasons(droppedBy, matchesQuery)} in the way.`,
      funnel,
      suggestions: suggestAdmitting(deps, { job, criteria, droppedBy, matchesQuery, query, now: clock.now() }),
      nextAction: nothingToDo,
    };
  };
}

function stepsFor(job: Job, criteria: JobCriteria, droppedBy: readonly CriterionName[], now: Date): ScanFunnelStep[] {
  return criteriaSet(criteria).map((criterion) => {
    const isDropped = droppedBy.includes(criterion);
    return {
      name: criterion,
      description: `Asked for: ${askedFor(criterion, criteria)}. ${answerOf(criterion, criteria, job, isDropped, now)}`,
      input: 1,
      output: isDropped ? 0 : 1,
      reasons: isDropped ? [{ criterion, dropped: 1, samples: [job.id] }] : [],
    };
  });
}

/** What the job has to say to a criterion. */
function answerOf(criterion: CriterionName, criteria: JobCriteria, job: Job, isDropped: boolean, now: Date): string {
  if (criterion === 'keywords') return isDropped ? 'The job names none.' : 'The job names one.';
  if (criterion === 'excludedKeywords') return isDropped ? 'The job names one.' : 'The job names none.';
  if (criterion === 'minimumMatchScore') return isDropped ? 'The job scores less.' : 'The job scores as much.';
  if (criterion === 'hourlyRate' && job.type === 'FIXED_PRICE') return 'The job pays a fixed price, which passes.';
  if (criterion === 'fixedBudget' && job.type === 'HOURLY') return 'The job pays by the hour, which passes.';
  const has = found(criterion, job, now);
  const unknown = isDropped ? 'and you require it to be known' : 'which passes';
  if (has === undefined) return `Upwork does not say, ${unknown}.`;
  const other = isOfOtherCurrency(criterion, criteria, job) ? `, in another currency, ${unknown}` : '';
  return `The job: ${has}${other}.`;
}

function textStep(query: string, isFound: boolean): ScanFunnelStep {
  return {
    name: 'text',
    description: `Text: ${query}. ${isFound ? 'The job holds it.' : 'The job does not hold it.'}`,
    input: 1,
    output: Number(isFound),
    reasons: [],
  };
}

function reasons(droppedBy: readonly CriterionName[], matchesQuery: boolean): string {
  const names = [...(matchesQuery ? [] : ['its text']), ...droppedBy.map((name) => `\`${name}\``)];
  return `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'}`;
}

function notFound(jobId: string): DomainError {
  return new DomainError({
    type: 'NotFoundError',
    code: 'NOT_FOUND',
    message: 'There is no job with this id. Use the `id` of a job that `jobs` or `jobByExternalId` gave.',
    path: ['jobId'],
    nodeId: jobId,
  });
}
