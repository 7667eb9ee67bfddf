import type { ContractStatus, MilestoneStatus } from './model.ts';

/** Our word for Upwork's status of a contract (FACTS §9). */
export function contractStatusOf(upstream: string): ContractStatus {
  return upstream === 'ACTIVE' || upstream === 'PAUSED' ? upstream : upstream === 'CLOSED' ? 'ENDED' : 'UNKNOWN';
}

const milestoneStates: Readonly<Record<string, MilestoneStatus>> = {
  NotFunded: 'NOT_FUNDED',
  InOffer: 'NOT_FUNDED',
  Active: 'FUNDED',
  Submitted: 'SUBMITTED',
  Rejected: 'CHANGES_REQUESTED',
  RejectedByUpwork: 'CHANGES_REQUESTED',
  Paid: 'PAID',
  PaidByUpwork: 'PAID',
  NotFundedClosed: 'CANCELLED',
  CancelledByClient: 'CANCELLED',
  CancelledByFreelancer: 'CANCELLED',
  CancelledByUpwork: 'CANCELLED',
  OfferCancelled: 'CANCELLED',
};

/** Our word for Upwork's `OfferMilestoneState`. */
export function milestoneStatusOf(upstream: string): MilestoneStatus {
  return Object.hasOwn(milestoneStates, upstream) ? (milestoneStates[upstream] ?? 'UNKNOWN') : 'UNKNOWN';
}

/** Work on it is still to be handed in: only then can it be due. */
export const unfinished: readonly MilestoneStatus[] = ['NOT_FUNDED', 'FUNDED', 'CHANGES_REQUESTED'];
