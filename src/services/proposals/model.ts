import type { UserFailure, Warning } from '../failures/model.ts';
import type { EngagementDuration, InstantRange, Money, Page, PageArguments } from '../jobs/model.ts';

export const proposalStatuses = [
  'DRAFT',
  'AWAITING_MANUAL_SUBMISSION',
  'SUBMITTING',
  'OUTCOME_UNKNOWN',
  'SUBMITTED',
  'VIEWED',
  'INTERVIEWING',
  'OFFERED',
  'HIRED',
  'DECLINED',
  'WITHDRAWN',
  'ARCHIVED',
  'FAILED',
] as const;
export type ProposalStatus = (typeof proposalStatuses)[number];
export const submissionModes = ['API', 'MANUAL_HANDOFF'] as const;
export type SubmissionMode = (typeof submissionModes)[number];
export const changeSources = ['YOU', 'API', 'SYNC', 'SYSTEM'] as const;
export type ChangeSource = (typeof changeSources)[number];

/** A part of a fixed-price bid. `dueOn`: `YYYY-MM-DD`. */
export interface ProposedMilestone {
  readonly title: string;
  readonly amount: Money;
  readonly dueOn?: string;
}

/** What is offered. `rate`: an hour's, or the whole of a fixed price. Connects as Upwork counts them. */
export interface ProposalTerms {
  readonly rate?: Money;
  readonly duration?: EngagementDuration;
  readonly boostConnects?: number;
  readonly milestones: readonly ProposedMilestone[];
}

/** An answer keeps its question: the posting's own copy is deleted after the retention. Positions start at 1. */
export interface ScreeningAnswer {
  readonly question: { readonly position: number; readonly text: string; readonly required: boolean };
  readonly answer: string;
}

/** A step of a proposal's life. */
export interface ProposalEvent {
  readonly status: ProposalStatus;
  readonly occurredAt: Date;
  readonly source: ChangeSource;
  readonly note?: string;
}

/** A proposal: ours from the draft on, or found at Upwork. */
export interface Proposal {
  readonly seq: number;
  /** `proposal_…`. */
  readonly id: string;
  readonly externalId?: string;
  readonly jobId: string;
  readonly status: ProposalStatus;
  readonly submissionMode?: SubmissionMode;
  readonly handoffUrl?: string;
  readonly coverLetter: string;
  readonly terms: ProposalTerms;
  /** What reaches the person after the platform's fee, as the preferences estimate it. */
  readonly netRate?: Money;
  /** What it costs or has cost, where known. */
  readonly connects?: number;
  readonly answers: readonly ScreeningAnswer[];
  /** SHA-256, hexadecimal, over exactly what would be sent. */
  readonly contentHash: string;
  readonly createdAt: Date;
  readonly submittedAt?: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

export interface ProposalTermsPatch {
  readonly rate?: string | null;
  readonly currency?: string | null;
  readonly duration?: EngagementDuration | null;
  readonly boostConnects?: number | null;
  readonly milestones?:
    | readonly { readonly title: string; readonly amount: string; readonly dueOn?: string | null }[]
    | null;
}
export interface AnswerInput {
  readonly position: number;
  readonly answer: string;
}
export interface CreateDraftInput {
  readonly jobId: string;
  /** Name of a template in the home; used where `coverLetter` is empty. */
  readonly template?: string;
  readonly coverLetter: string;
  readonly terms?: ProposalTermsPatch;
  readonly answers?: readonly AnswerInput[];
  readonly idempotencyKey?: string;
}
export interface UpdateDraftInput {
  readonly proposalId: string;
  readonly coverLetter?: string;
  readonly terms?: ProposalTermsPatch;
  readonly answers?: readonly AnswerInput[];
  readonly expectedVersion?: number;
}

export const proposalOrderFields = ['UPDATED_AT', 'CREATED_AT', 'SUBMITTED_AT'] as const;
export interface ProposalOrder {
  readonly field: (typeof proposalOrderFields)[number];
  readonly direction: 'ASC' | 'DESC';
}
export interface ProposalFilter {
  readonly statuses?: readonly ProposalStatus[];
  readonly jobId?: string;
  readonly submittedAt?: InstantRange;
}
export interface ProposalsQuery extends PageArguments {
  readonly filter?: ProposalFilter | null;
  readonly orderBy: ProposalOrder;
}

/** Counts are sample sizes: `responseRate` = interviewed ÷ submitted, `hireRate` = hired ÷ submitted, absent while nothing was submitted. Rates are decimal strings. */
export interface ProposalStats {
  readonly submitted: number;
  readonly viewed: number;
  readonly interviewed: number;
  readonly hired: number;
  readonly responseRate?: string;
  readonly hireRate?: string;
  readonly connectsSpent: number;
  readonly medianTimeToResponseMs?: number;
  readonly byStatus: readonly { readonly status: ProposalStatus; readonly count: number }[];
}

/** What a proposal's mutation gives. */
export interface ProposalChange {
  readonly proposal: Proposal;
  readonly warnings: readonly Warning[];
}

/** What reading back found. `unread`: sentences about what could not be read; empty where everything was. */
export interface ProposalSyncResult {
  readonly seen: number;
  readonly changed: number;
  readonly unread: readonly string[];
}

export interface ProposalService {
  byId(id: string): Proposal | undefined;
  /** The newest one for a job. */
  ofJob(jobId: string): Proposal | undefined;
  list(query: ProposalsQuery): Page<Proposal>;
  count(filter?: ProposalFilter | null): number;
  history(proposalId: string): readonly ProposalEvent[];
  /** What would stop it being submitted now; empty once it was submitted. */
  blockers(proposal: Proposal): readonly UserFailure[];
  stats(period?: InstantRange): ProposalStats;
  /** @throws DomainError NOT_FOUND (job, template), VALIDATION, IDEMPOTENCY_CONFLICT, CONFLICT (the job has an open proposal) */
  createDraft(input: CreateDraftInput): Promise<ProposalChange>;
  /** @throws DomainError NOT_FOUND, VALIDATION, CONFLICT, INVALID_TRANSITION */
  updateDraft(input: UpdateDraftInput): ProposalChange;
  /** @throws DomainError NOT_FOUND, INVALID_TRANSITION */
  deleteDraft(proposalId: string): string;
  /**
   * Sends what the person confirmed, once. Where the key may not, hands over to the person (AWAITING_MANUAL_SUBMISSION). A timeout or a lost answer is OUTCOME_UNKNOWN
   * and is settled by reading back, never by sending again. The same key and proposal replay the stored outcome.
   * @throws DomainError NOT_FOUND, CONFLICT (another content than was confirmed), INVALID_TRANSITION, IDEMPOTENCY_CONFLICT, VALIDATION, or the failure that Upwork's refusal is
   */
  submit(input: { proposalId: string; contentHash: string; idempotencyKey: string }): Promise<ProposalChange>;
  /** The person did it on Upwork's site. @throws DomainError NOT_FOUND, INVALID_TRANSITION, VALIDATION */
  markSubmitted(input: { proposalId: string; externalId?: string; submittedAt?: Date }): ProposalChange;
  /** No API can: gives the page where the person can, and notes the wish. @throws DomainError NOT_FOUND, INVALID_TRANSITION, CAPABILITY_UNSUPPORTED (with the page) */
  withdraw(input: { proposalId: string; reason?: string }): ProposalChange;
  /** Reads the account's proposals and settles what is open. @throws UpworkError */
  sync(signal?: AbortSignal): Promise<ProposalSyncResult>;
  /** Deletes all proposals, in the caller's transaction: without its job a draft is worth nothing. Returns how many. */
  purgeAll(): number;
  /** Empties the text of screening questions whose posting is no longer kept, at most of 500 proposals; returns of how many. */
  forgetQuestions(): number;
  /** Names of the templates in the home, sorted. */
  templates(): readonly string[];
}
