import type { Money, Notice } from './answers.ts';

/** A proposal as the command line shows it. */
export interface Proposal {
  id: string;
  externalId: string | null;
  status: string;
  submissionMode: string | null;
  handoffUrl: string | null;
  coverLetter: string;
  terms: {
    rate: Money | null;
    netRate: Money | null;
    duration: string | null;
    connects: number | null;
    boostConnects: number | null;
    milestones: { title: string; amount: Money; dueOn: string | null }[];
  };
  answers: { question: { position: number; text: string; required: boolean }; answer: string }[];
  contentHash: string;
  blockers: Notice[];
  history: { status: string; occurredAt: string; source: string; note: string | null }[];
  job: { id: string; title: string; type: string | null; url: string; contentPurged: boolean };
  createdAt: string;
  submittedAt: string | null;
  updatedAt: string;
  version: number;
}

/** What every mutation of proposals gives. */
export interface ProposalPayload {
  proposal: Proposal | null;
  warnings: Notice[];
  errors: (Notice & { handoffUrl?: string | null })[];
}

export interface ProposalStats {
  submitted: number;
  viewed: number;
  interviewed: number;
  hired: number;
  responseRate: string | null;
  hireRate: string | null;
  connectsSpent: number;
  medianTimeToResponse: string | null;
}

/** A contract as the command line shows it. */
export interface Contract {
  id: string;
  externalId: string;
  title: string;
  status: string;
  type: string;
  rate: Money | null;
  weeklyLimit: string | null;
  startedAt: string | null;
  endedAt: string | null;
  earnings: { funded: Money; paid: Money; remaining: Money } | null;
  milestones: { id: string; title: string; amount: Money; status: string; dueOn: string | null; overdue: boolean }[];
  syncedAt: string;
}
