import type { CriterionName, DecimalRange, Job, JobCriteria, Money } from '../jobs/model.ts';
import { isoDuration } from './criteria-patch.ts';

const listedAtMost = 10;
const hourMs = 3_600_000;

/** What a criterion asks for, as a person says it: `React or Vue`, `40 to 60 USD`, `at most 20`. */
export function askedFor(criterion: CriterionName, criteria: JobCriteria): string {
  switch (criterion) {
    case 'hourlyRate':
    case 'fixedBudget':
    case 'clientSpend':
      return rangeText(criteria[criterion] ?? {});
    case 'clientPaymentVerified':
      return criteria.clientPaymentVerified ? 'verified' : 'not verified';
    case 'clientMinimumRating':
      return `at least ${criteria.clientMinimumRating}`;
    case 'maximumProposals':
      return `at most ${criteria.maximumProposals}`;
    case 'maximumAge':
      return `at most ${isoDuration(criteria.maximumAgeMs ?? 0)}`;
    case 'minimumMatchScore':
      return `at least ${criteria.minimumMatchScore}`;
    case 'excludedKeywords':
    case 'excludedClientCountries':
      return `none of ${listText(criteria[criterion] ?? [])}`;
    default:
      return listText(criteria[criterion] ?? []);
  }
}

/** What the job has there; undefined where Upwork does not say, or where it cannot be said in a word. */
export function found(criterion: CriterionName, job: Job, now: Date): string | undefined {
  const { client } = job;
  switch (criterion) {
    case 'skills':
      return job.skills.length > 0 ? listText(job.skills) : undefined;
    case 'categories':
      return job.category;
    case 'jobTypes':
      return job.type;
    case 'experienceLevels':
      return job.experienceLevel;
    case 'workloads':
      return job.workload;
    case 'durations':
      return job.duration;
    case 'hourlyRate':
      return job.hourlyRate && moneyText(job.hourlyRate.min, job.hourlyRate.max);
    case 'fixedBudget':
      return job.fixedBudget && moneyText(job.fixedBudget);
    case 'clientCountries':
    case 'excludedClientCountries':
      return client.country;
    case 'clientHistory':
      return client.hires === undefined ? undefined : `${client.hires} hires`;
    case 'clientPaymentVerified':
      return client.paymentVerified === undefined ? undefined : client.paymentVerified ? 'verified' : 'not verified';
    case 'clientMinimumRating':
      return Number(client.rating ?? 0) > 0 ? client.rating : undefined;
    case 'clientSpend':
      return client.totalSpent && moneyText(client.totalSpent);
    case 'maximumProposals':
      return job.activity?.proposals?.toString();
    case 'maximumAge':
      return `less than ${isoDuration(ageMs(job, now))}`;
    default:
      return undefined;
  }
}

/** Is an amount asked for in one currency and offered in another? */
export function isOfOtherCurrency(criterion: CriterionName, criteria: JobCriteria, job: Job): boolean {
  const [range, offered] = {
    hourlyRate: [criteria.hourlyRate, job.hourlyRate?.min ?? job.hourlyRate?.max] as const,
    fixedBudget: [criteria.fixedBudget, job.fixedBudget] as const,
    clientSpend: [criteria.clientSpend, job.client.totalSpent] as const,
  }[criterion as 'hourlyRate' | 'fixedBudget' | 'clientSpend'] ?? [undefined, undefined];
  return range !== undefined && offered !== undefined && (range.currency ?? 'USD') !== offered.currency;
}

/** Since it was posted, in whole hours, rounded up: it goes on growing while a change is thought over. */
export function ageMs({ postedAt }: Job, now: Date): number {
  return (Math.floor(Math.max(0, now.getTime() - postedAt.getTime()) / hourMs) + 1) * hourMs;
}

function listText(values: readonly string[]): string {
  const rest = values.length - listedAtMost;
  return `${values.slice(0, listedAtMost).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function rangeText({ min, max, currency = 'USD' }: DecimalRange): string {
  if (min !== undefined && max !== undefined) return `${min} to ${max} ${currency}`;
  return min === undefined ? `at most ${max} ${currency}` : `at least ${min} ${currency}`;
}

function moneyText(min: Money | undefined, max: Money | undefined = min): string | undefined {
  const [low, high] = [min ?? max, max ?? min];
  if (!low || !high) return undefined;
  return low.amount === high.amount
    ? `${low.amount} ${low.currency}`
    : `${low.amount} to ${high.amount} ${low.currency}`;
}
