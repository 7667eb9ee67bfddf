import type { UserFailure } from '../../failures/model.ts';
import type { Job } from '../../jobs/model.ts';
import type { Proposal } from '../model.ts';
import type { ProposalDeps } from '../proposal-deps.ts';
import { invalid } from './validation.ts';

/** What would stop this proposal being submitted now, each with its remedy. Asks nobody. */
export function blockersOf(proposal: Proposal, deps: ProposalDeps): UserFailure[] {
  if (!['DRAFT', 'AWAITING_MANUAL_SUBMISSION', 'FAILED'].includes(proposal.status)) return [];
  const job = deps.jobs.byId(proposal.jobId);
  return [...jobBlockers(proposal, job, deps), ...contentBlockers(proposal, job), ...connectsBlockers(proposal, deps)];
}

function jobBlockers(proposal: Proposal, job: Job | undefined, { store }: ProposalDeps): UserFailure[] {
  const found: UserFailure[] = [];
  if (job && ['CLOSED', 'FILLED', 'REMOVED'].includes(job.state))
    found.push({
      type: 'ProposalError',
      code: 'JOB_CLOSED',
      message: `The job takes no more proposals (${job.state}).`,
      ...(proposal.handoffUrl !== undefined && { handoffUrl: proposal.handoffUrl }),
    });
  const other =
    job && store.ofJob(job.externalId).find(({ id, externalId }) => id !== proposal.id && externalId !== null);
  const wasOver = other && ['WITHDRAWN', 'ARCHIVED', 'DECLINED', 'FAILED'].includes(other.status);
  if ((other && !wasOver) || job?.triage === 'APPLIED')
    found.push({
      type: 'ProposalError',
      code: 'ALREADY_APPLIED',
      message: 'You have applied to this job already. Upwork takes one proposal for a job.',
      ...(proposal.handoffUrl !== undefined && { handoffUrl: proposal.handoffUrl }),
    });
  return found;
}

function contentBlockers({ terms, answers, coverLetter, handoffUrl }: Proposal, job: Job | undefined): UserFailure[] {
  const found: UserFailure[] = [];
  if (coverLetter.trim() === '')
    found.push(invalid(['coverLetter'], 'required', 'a text', undefined, 'The cover letter is empty.'));
  if (terms.rate === undefined) {
    const what = job?.type === 'FIXED_PRICE' ? 'what the whole work costs' : 'what an hour costs';
    found.push(invalid(['terms', 'rate'], 'required', what, undefined, 'The rate is missing.'));
  }
  found.push(...milestoneBlockers(terms, job));
  if (answers.some(({ question }) => question.text === ''))
    found.push({
      type: 'ProposalError',
      code: 'CAPABILITY_UNSUPPORTED',
      message:
        "The text of the client's questions was deleted after 24 h, as Upwork's terms ask, so that answers cannot be sent with it. Submit it on Upwork's page, then mark it as submitted.",
      ...(handoffUrl !== undefined && { handoffUrl }),
    });
  for (const { question, answer } of answers)
    if (question.required && answer.trim() === '')
      found.push(
        invalid(
          ['answers', String(question.position)],
          'required',
          'an answer',
          undefined,
          `Question ${question.position} is not answered.`,
        ),
      );
  return found;
}

/** Parts are for a fixed price alone, and together they are that price. */
function milestoneBlockers({ milestones, rate }: Proposal['terms'], job: Job | undefined): UserFailure[] {
  const path = ['terms', 'milestones'];
  if (milestones.length === 0) return [];
  if (job?.type === 'HOURLY')
    return [invalid(path, 'jobType', 'none', undefined, 'A job that is paid by the hour has no milestones.')];
  const sum = milestones.reduce((total, { amount }) => total + cents(amount.amount), 0n);
  if (rate === undefined || sum === cents(rate.amount)) return [];
  const parts = `${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`;
  return [
    invalid(
      path,
      'sum',
      `parts that add up to ${rate.amount}`,
      parts,
      `The milestones add up to ${parts}, the bid is ${rate.amount}.`,
    ),
  ];
}

function cents(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.slice(0, 2).padEnd(2, '0'));
}

function connectsBlockers(proposal: Proposal, { connection, preferences, store, clock }: ProposalDeps): UserFailure[] {
  const cost = (proposal.connects ?? 0) + (proposal.terms.boostConnects ?? 0);
  const balance = connection.status().connectsBalance;
  if (balance !== undefined && balance < Math.max(1, cost))
    return [
      {
        type: 'ProposalError',
        code: 'INSUFFICIENT_CONNECTS',
        message: `This needs ${cost > 0 ? cost : 'some'} Connects and ${balance} are left. Buy Connects at Upwork, or lower the boost.`,
      },
    ];
  const cap = preferences.current().connectsPerDay;
  if (cap === undefined) return [];
  const midnight = new Date(`${clock.now().toISOString().slice(0, 10)}T00:00:00Z`).getTime();
  const spent = store.connectsSince(midnight);
  if (spent + cost <= cap) return [];
  return [
    {
      type: 'ProposalError',
      code: 'INSUFFICIENT_CONNECTS',
      message: `With this proposal ${spent + cost} Connects would be spent today (UTC), more than your cap of ${cap}. Wait until tomorrow, or raise connects_per_day.`,
    },
  ];
}
