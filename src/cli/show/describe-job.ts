import type { JobDetail, JobSummary, Money } from '../../client/operations/answers.ts';
import { clean, cleanBlock, sentenceCase, shorten, table, withoutMilliseconds } from '../print.ts';

const titleLength = 72;

/** Jobs as a table, newest as they came; says so when there are none. */
export function describeJobs(jobs: readonly JobSummary[]): string {
  if (jobs.length === 0) return 'No jobs.';
  return table(
    ['ID', 'POSTED', 'TYPE', 'BUDGET', 'LEVEL', 'CLIENT', 'TRIAGE', 'TITLE'],
    jobs.map((job) => [
      job.id,
      withoutMilliseconds(job.postedAt),
      job.type ? sentenceCase(job.type) : '–',
      describeBudget(job),
      job.experienceLevel ? sentenceCase(job.experienceLevel) : '–',
      describeClient(job.client),
      sentenceCase(job.triage),
      titleOf(job),
    ]),
  );
}

/** One job in one line, for feeds. */
export function describeJobLine(job: JobSummary): string {
  const parts = [job.type ? sentenceCase(job.type) : '–', describeBudget(job), describeClient(job.client)];
  return `${clean(job.id)}  ${titleOf(job)} · ${parts.join(' · ')} · ${clean(job.url)}`;
}

function describeLocations(job: JobDetail): string {
  const { preferredFreelancerLocations: locations, preferredFreelancerLocationMandatory: isMandatory } = job;
  return locations.length > 0 ? `${locations.join(', ')}${isMandatory ? ' only' : ' (preferred)'}` : '';
}

/** One job with all that is kept of it. */
export function describeJob(job: JobDetail): string {
  const optional: [string, string | null | undefined][] = [
    ['Title', titleOf(job, Number.POSITIVE_INFINITY)],
    ['Id', `${job.id} (${job.externalId})`],
    ['Link', job.url],
    ['Posted', withoutMilliseconds(job.postedAt)],
    ['First seen', withoutMilliseconds(job.firstSeenAt)],
    ['State', `${sentenceCase(job.state)}, ${sentenceCase(job.triage).toLowerCase()}`],
    ['Type', job.type && sentenceCase(job.type)],
    ['Budget', describeBudget(job)],
    ['Level', job.experienceLevel && sentenceCase(job.experienceLevel)],
    ['Workload', job.workload && sentenceCase(job.workload)],
    ['Duration', job.duration && sentenceCase(job.duration)],
    ['Freelancers from', describeLocations(job)],
    ['Category', job.category],
    ['Skills', job.skills.join(', ')],
    ['Connects', job.connectsRequired?.toString()],
    ['Client', describeClientFully(job.client)],
    ['Proposals', describeProposals(job.activity)],
    ['Tags', job.tags.join(', ')],
    ['Notes', job.notes],
    ['Content kept until', job.contentExpiresAt && withoutMilliseconds(job.contentExpiresAt)],
  ];
  const lines = optional.flatMap(([name, value]) => (value ? [`${name}: ${clean(value)}`] : []));
  for (const question of [...job.screeningQuestions].sort((one, other) => one.position - other.position)) {
    lines.push(`Question${question.required ? '' : ' (optional)'}: ${clean(question.text)}`);
  }
  const description = cleanBlock(job.description);
  return [...lines, ...(description ? ['', description] : [])].join('\n');
}

function titleOf(job: JobSummary, length = titleLength): string {
  if (job.contentPurged) return '(content deleted)';
  return shorten(clean(job.title), length);
}

function describeBudget({ type, fixedBudget, hourlyRate }: JobSummary): string {
  if (fixedBudget && type !== 'HOURLY') return clean(fixedBudget.formatted);
  if (hourlyRate) return `${describeRange(hourlyRate)}/h`;
  return '–';
}

/** `$20.00–$40.00`, `from $20.00`, `up to $40.00`. */
export function describeRange({ min, max }: { min: Money | null; max: Money | null }): string {
  if (min && max) return clean(`${min.formatted}–${max.formatted}`);
  if (min) return clean(`from ${min.formatted}`);
  return max ? clean(`up to ${max.formatted}`) : 'any';
}

function describeClient(client: JobSummary['client']): string {
  const parts = [client.country, client.rating && `★${client.rating}`, client.paymentVerified ? 'verified' : null];
  return clean(parts.filter(Boolean).join(' ')) || '–';
}

function describeClientFully(client: JobDetail['client']): string {
  const parts = [
    [client.city, client.country].filter(Boolean).join(', '),
    client.rating && `★${client.rating}${client.reviewCount === null ? '' : ` (${client.reviewCount} reviews)`}`,
    client.totalSpent && `${client.totalSpent.formatted} spent`,
    client.hires === null ? null : `${client.hires} hires`,
    client.jobsPosted === null ? null : `${client.jobsPosted} jobs posted`,
    client.paymentVerified === null ? null : `payment ${client.paymentVerified ? 'verified' : 'not verified'}`,
  ];
  return parts.filter(Boolean).join(', ');
}

function describeProposals(activity: JobDetail['activity']): string | null {
  if (!activity) return null;
  const { proposals, proposalsMinimum, proposalsMaximum } = activity;
  if (proposals !== null) return `${proposals}`;
  if (proposalsMinimum !== null && proposalsMaximum !== null) return `${proposalsMinimum} to ${proposalsMaximum}`;
  return proposalsMinimum === null ? null : `${proposalsMinimum} or more`;
}
