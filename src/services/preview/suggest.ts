import type { ExplainedJob } from '../jobs/criteria/explain.ts';
import type { CriterionName, JobCriteria, JobService } from '../jobs/model.ts';
import type { Scoring } from '../jobs/score/scoring.ts';
import type { ScanSuggestion } from '../scanner/model.ts';
import { patchBetween } from './criteria-patch.ts';
import { type Examine, type Filter, isMatch } from './examine.ts';
import { criteriaSet, type Examined } from './funnel.ts';
import { type Relaxation, relaxationsOf } from './relaxations.ts';

/** Each try of one that makes the score scores all that could match anew. */
const criteriaTried = { unscored: 3, scored: 1 };
const suggestionsAtMost = 6;
/** Fewer jobs than these say nothing of how strict a filter is. */
const tellingCount = 20;
const broadShare = 0.9;

/** What suggesting needs. */
export interface SuggestDeps {
  readonly examine: Examine;
  readonly jobs: Pick<JobService, 'checkCriteria'>;
  readonly scoring: Pick<Scoring, 'reaching'>;
}

/**
 * What asking less by one criterion would bring, the most first, and whether the filter lets nothing or nearly everything through. Each gain is
 * counted with the question that is asked once the patch has been applied; what gains nothing is not suggested.
 */
export function suggestFor(
  { examine, jobs, scoring }: SuggestDeps,
  { filter, jobs: examined }: Examined,
): ScanSuggestion[] {
  const { criteria } = filter;
  const found = strictest(examined, criteria)
    .flatMap((criterion) => relaxationsOf(criteria, criterion))
    .filter((relaxation) => jobs.checkCriteria(relaxation.criteria).length === 0)
    .map((relaxation) => ({ relaxation, gain: gainOf(relaxation, { examine, scoring, filter, examined }) }))
    .filter(({ gain }) => gain > 0)
    .toSorted((a, b) => b.gain - a.gain)
    .slice(0, suggestionsAtMost)
    .map(({ relaxation, gain }) => ({
      message: `${relaxation.how}, ${gain} more of the jobs kept here would match.`,
      estimatedGain: gain,
      patch: patchBetween(criteria, relaxation.criteria),
    }));
  return [...found, ...hints(filter, examined)];
}

/** Criteria that alone keep out jobs, those that keep out the most first. */
function strictest(jobs: readonly ExplainedJob[], criteria: JobCriteria): CriterionName[] {
  return criteriaSet(criteria)
    .map((criterion) => ({ criterion, alone: jobs.filter((job) => isKeptOutBy(job, criterion)).length }))
    .filter(({ alone }) => alone > 0)
    .toSorted((a, b) => b.alone - a.alone)
    .slice(0, criteria.minimumMatchScore === undefined ? criteriaTried.unscored : criteriaTried.scored)
    .map(({ criterion }) => criterion);
}

function isKeptOutBy({ droppedBy, matchesQuery }: ExplainedJob, criterion: CriterionName): boolean {
  return matchesQuery && droppedBy.length === 1 && droppedBy[0] === criterion;
}

/** Only jobs that nothing but the criterion keeps out can come; where the criteria make the score that is asked for, matches can go too. */
function gainOf(
  { criterion, criteria }: Relaxation,
  {
    examine,
    scoring,
    filter,
    examined,
  }: Omit<SuggestDeps, 'jobs'> & {
    filter: Filter;
    examined: readonly ExplainedJob[];
  },
): number {
  const alone = examined.filter((job) => isKeptOutBy(job, criterion));
  // Everything else holds for them already: only their score decides.
  if (criterion === 'minimumMatchScore' && criteria.minimumMatchScore !== undefined)
    return scoring.reaching(
      criteria,
      criteria.minimumMatchScore,
      alone.map(({ seq }) => seq),
    ).length;
  const isScored = criteria.minimumMatchScore !== undefined;
  if (!isScored && !criteriaSet(criteria).includes(criterion)) return alone.length;
  const present = isScored ? examined.filter(isMatch) : [];
  const short = isScored ? examined.filter((job) => isKeptOutBy(job, 'minimumMatchScore')) : [];
  const seqs = [...alone, ...present, ...short].map(({ seq }) => seq);
  return examine({ ...filter, criteria }, { seqs }).filter(isMatch).length - present.length;
}

/** Whether the filter lets nothing, or nearly everything, through. */
function hints({ criteria, query }: Filter, examined: readonly ExplainedJob[]): ScanSuggestion[] {
  if (query === undefined && criteriaSet(criteria).length === 0)
    return [{ message: 'Too broad (QUERY_TOO_BROAD): without a text or criteria every job matches.' }];
  if (examined.length < tellingCount) return [];
  const present = examined.filter(isMatch).length;
  if (present === 0)
    return [{ message: `Too narrow (QUERY_TOO_NARROW): none of the ${examined.length} jobs kept here matches.` }];
  if (present < examined.length * broadShare) return [];
  return [{ message: `Too broad (QUERY_TOO_BROAD): ${present} of the ${examined.length} jobs kept here match.` }];
}
