import {
  type ClientHistory,
  type CriterionName,
  clientHistories,
  type Job,
  type JobCriteria,
  type Money,
} from '../jobs/model.ts';
import { withoutUnset } from './criteria-patch.ts';
import { ageMs } from './describe-criterion.ts';
import { fieldOf } from './relaxations.ts';

/** What a change is tried against. */
export interface Evidence {
  readonly job: Job;
  readonly now: Date;
  /** The criteria that keep the job out. */
  readonly drops: (criteria: JobCriteria) => readonly CriterionName[];
}

type Changes = { readonly [Key in keyof JobCriteria]?: unknown };

/**
 * The criteria with as little changed as lets the job pass one that drops it: its own value added or taken as the bound, the word that is in the way
 * taken out; where that is not enough, without the criterion.
 */
export function admit(criterion: CriterionName, criteria: JobCriteria, evidence: Evidence): JobCriteria {
  const known = criteria.requireKnown ?? [];
  const change = (fields: Changes) => withoutUnset({ ...criteria, ...fields });
  const gentler = [
    ...(known.includes(criterion) ? [change({ requireKnown: known.filter((name) => name !== criterion) })] : []),
    change(ownValue(criterion, criteria, evidence)),
  ];
  const isEnough = (changed: JobCriteria) => !evidence.drops(changed).includes(criterion);
  return gentler.find(isEnough) ?? change({ [fieldOf(criterion)]: undefined });
}

function ownValue(criterion: CriterionName, criteria: JobCriteria, { job, now, drops }: Evidence): Changes {
  const { client } = job;
  switch (criterion) {
    case 'excludedKeywords':
      return {
        excludedKeywords: criteria.excludedKeywords?.filter((word) => drops({ excludedKeywords: [word] }).length === 0),
      };
    case 'excludedClientCountries':
      return { excludedClientCountries: criteria.excludedClientCountries?.filter((code) => code !== client.country) };
    case 'categories':
      return { categories: withEntry(criteria.categories, job.category) };
    case 'jobTypes':
      return { jobTypes: withEntry(criteria.jobTypes, job.type) };
    case 'experienceLevels':
      return { experienceLevels: withEntry(criteria.experienceLevels, job.experienceLevel) };
    case 'workloads':
      return { workloads: withEntry(criteria.workloads, job.workload) };
    case 'durations':
      return { durations: withEntry(criteria.durations, job.duration) };
    case 'clientCountries':
      return { clientCountries: withEntry(criteria.clientCountries, client.country) };
    case 'clientHistory':
      return { clientHistory: withEntry(criteria.clientHistory, historyOf(client.hires)) };
    case 'hourlyRate':
      return { hourlyRate: reaching(criteria.hourlyRate, job.hourlyRate?.min, job.hourlyRate?.max) };
    case 'fixedBudget':
      return { fixedBudget: reaching(criteria.fixedBudget, job.fixedBudget) };
    case 'clientSpend':
      return { clientSpend: reaching(criteria.clientSpend, client.totalSpent) };
    case 'clientMinimumRating':
      return { clientMinimumRating: client.rating };
    case 'maximumProposals':
      return { maximumProposals: job.activity?.proposals };
    case 'maximumAge':
      return { maximumAgeMs: ageMs(job, now) };
    case 'minimumMatchScore':
      return { minimumMatchScore: highestScore(criteria, drops) };
    default:
      return {};
  }
}

/** The highest minimum that the job still reaches, found by halving. */
function highestScore(criteria: JobCriteria, drops: Evidence['drops']): number | undefined {
  let [reached, missed] = [0, criteria.minimumMatchScore ?? 0];
  while (missed - reached > 1) {
    const middle = Math.floor((reached + missed) / 2);
    if (drops({ ...criteria, minimumMatchScore: middle }).includes('minimumMatchScore')) missed = middle;
    else reached = middle;
  }
  return reached > 0 ? reached : undefined;
}

function withEntry<Value>(list: readonly Value[] | undefined, entry: Value | undefined) {
  return entry === undefined ? list : [...(list ?? []), entry];
}

function historyOf(hires: number | undefined): ClientHistory | undefined {
  if (hires === undefined) return undefined;
  return clientHistories[hires === 0 ? 0 : hires < 10 ? 1 : 2];
}

/** The range with the bound that is in the way moved to what the job offers. */
function reaching(range: JobCriteria['hourlyRate'], min: Money | undefined, max: Money | undefined = min) {
  const [low, high] = [min ?? max, max ?? min];
  if (!range || !low || !high) return range;
  return {
    ...range,
    ...(range.min !== undefined && Number(high.amount) < Number(range.min) && { min: high.amount }),
    ...(range.max !== undefined && Number(low.amount) > Number(range.max) && { max: low.amount }),
  };
}
