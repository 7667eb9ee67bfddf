import { DomainError } from '../failures/model.ts';
import type { Proposal, ProposalStatus } from './model.ts';

/** What a person may do with a proposal, and in which statuses. What Upwork says is noted from any status: it is the truth. */
const allowedFrom = {
  edit: ['DRAFT', 'AWAITING_MANUAL_SUBMISSION', 'FAILED'],
  remove: ['DRAFT', 'AWAITING_MANUAL_SUBMISSION', 'FAILED'],
  submit: ['DRAFT'],
  markSubmitted: ['DRAFT', 'AWAITING_MANUAL_SUBMISSION', 'OUTCOME_UNKNOWN', 'FAILED'],
  withdraw: ['SUBMITTED', 'VIEWED', 'INTERVIEWING', 'OFFERED'],
} as const satisfies Record<string, readonly ProposalStatus[]>;

export type Deed = keyof typeof allowedFrom;

const words: Record<Deed, string> = {
  edit: 'be changed',
  remove: 'be deleted',
  submit: 'be submitted',
  markSubmitted: 'be marked as submitted',
  withdraw: 'be withdrawn',
};

/** @throws DomainError INVALID_TRANSITION naming the statuses in which it may */
export function mustAllow(deed: Deed, proposal: Proposal): void {
  const allowed: readonly ProposalStatus[] = allowedFrom[deed];
  if (allowed.includes(proposal.status)) return;
  throw new DomainError({
    type: 'InvalidTransitionError',
    code: 'INVALID_TRANSITION',
    message: `This proposal is ${proposal.status} and cannot ${words[deed]}. That is possible while it is ${allowed.join(', ')}.`,
    from: proposal.status,
    allowed,
  });
}

/** Statuses in which a proposal is at Upwork and open. */
export const liveStatuses: readonly ProposalStatus[] = ['SUBMITTED', 'VIEWED', 'INTERVIEWING', 'OFFERED', 'HIRED'];
/** Statuses in which a job has a proposal of ours that is not over: a second draft would be one too many. */
export const openStatuses: readonly ProposalStatus[] = [
  'DRAFT',
  'AWAITING_MANUAL_SUBMISSION',
  'SUBMITTING',
  'OUTCOME_UNKNOWN',
  'FAILED',
  ...liveStatuses,
];

/** Our word for Upwork's status; `Accepted` means submitted and valid, not won (FACTS §6). Undefined for one that is unknown. */
export function statusOf(upstream: string, viewed: boolean): ProposalStatus | undefined {
  const known: Record<string, ProposalStatus> = {
    Accepted: viewed ? 'VIEWED' : 'SUBMITTED',
    Created: 'SUBMITTED',
    Pending: 'SUBMITTED',
    Activated: 'INTERVIEWING',
    Offered: 'OFFERED',
    Hired: 'HIRED',
    Declined: 'DECLINED',
    Rejected: 'DECLINED',
    Withdrawn: 'WITHDRAWN',
    Replaced: 'WITHDRAWN',
    Archived: 'ARCHIVED',
    Invalid: 'FAILED',
  };
  return Object.hasOwn(known, upstream) ? known[upstream] : undefined;
}
