import type { Account } from '../oauth/accounts.ts';

/** `Accepted` means submitted and valid, not won (FACTS §6). */
export const proposalStatuses = [
  'Accepted',
  'Activated',
  'Offered',
  'Hired',
  'Declined',
  'Withdrawn',
  'Archived',
  'Pending',
  'Invalid',
] as const;
export type ProposalStatus = (typeof proposalStatuses)[number];

/** What may still happen to a proposal by itself: `units` of the pace after the step before. */
export interface Step {
  units: number;
  what: 'view' | ProposalStatus;
}

/** A proposal somebody submitted. Instants are milliseconds since 1970, amounts plain numbers of `currency`. */
export interface Proposal {
  id: string;
  account: Account['key'];
  organizationId: string;
  postingId: string;
  coverLetter: string;
  answers: { question: string; answer: string }[];
  amount: number;
  currency: string;
  connects: number;
  milestones: { description: string; amount: number; dueDate: string | null }[];
  status: ProposalStatus;
  reason: string | null;
  viewed: boolean;
  createdAt: number;
  modifiedAt: number;
  ahead: Step[];
}

/** Where a milestone stands, by the API's names. */
export const milestoneStates = [
  'NotFunded',
  'Active',
  'Submitted',
  'Rejected',
  'Paid',
  'CancelledByClient',
  'CancelledByFreelancer',
] as const;
export type MilestoneState = (typeof milestoneStates)[number];

/** A part of a fixed-price contract. */
export interface Milestone {
  id: string;
  description: string;
  amount: number;
  dueAt: number | null;
  state: MilestoneState;
  modifiedAt: number;
}

/** What came of a proposal that won. */
export interface Contract {
  id: string;
  account: Account['key'];
  postingId: string;
  title: string;
  clientName: string;
  jobType: 'HOURLY' | 'FIXED';
  status: 'ACTIVE' | 'CLOSED' | 'PAUSED';
  /** Hourly rate, or the whole of a fixed price. */
  amount: number;
  currency: string;
  /** Hours a week; null on a fixed price. */
  weeklyLimit: number | null;
  startedAt: number;
  endedAt: number | null;
  closingReason: string | null;
  modifiedAt: number;
  milestones: Milestone[];
}

/** What can be asked of a planted contract; the rest is made up. Instants are ISO 8601. */
export interface ContractFields {
  account?: Account['key'];
  postingId?: string;
  title?: string;
  jobType?: Contract['jobType'];
  status?: Contract['status'];
  amount?: number;
  currency?: string;
  weeklyLimit?: number | null;
  startedAt?: string;
  endedAt?: string | null;
  milestones?: { description?: string; amount?: number; dueAt?: string | null; state?: MilestoneState }[];
}
