import type { InstantRange, JobClient, JobType, Money, Page, PageArguments } from '../jobs/model.ts';

export const contractStatuses = ['ACTIVE', 'PAUSED', 'ENDED', 'UNKNOWN'] as const;
export type ContractStatus = (typeof contractStatuses)[number];
export const milestoneStatuses = [
  'NOT_FUNDED',
  'FUNDED',
  'SUBMITTED',
  'CHANGES_REQUESTED',
  'PAID',
  'CANCELLED',
  'UNKNOWN',
] as const;
export type MilestoneStatus = (typeof milestoneStatuses)[number];

/** A part of a fixed-price contract. `dueOn`: `YYYY-MM-DD`. */
export interface Milestone {
  /** `milestone_…`. */
  readonly id: string;
  readonly externalId?: string;
  readonly contractId: string;
  readonly title: string;
  readonly amount: Money;
  readonly status: MilestoneStatus;
  readonly dueOn?: string;
  readonly overdue: boolean;
  readonly paidAt?: Date;
}

/** Summed from the milestones shown. */
export interface Earnings {
  readonly funded: Money;
  readonly paid: Money;
  readonly remaining: Money;
}

export interface Contract {
  readonly seq: number;
  /** `contract_…`. */
  readonly id: string;
  readonly externalId: string;
  readonly title: string;
  readonly status: ContractStatus;
  readonly type: JobType;
  readonly client: JobClient;
  readonly jobId?: string;
  readonly proposalId?: string;
  readonly rate?: Money;
  /** Hours a week, a decimal string. */
  readonly weeklyLimit?: string;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  /** Absent where the key may not read milestones, and for hourly contracts. */
  readonly earnings?: Earnings;
  readonly milestones: readonly Milestone[];
  readonly syncedAt: Date;
}

export const contractOrderFields = ['STARTED_AT', 'UPDATED_AT', 'EARNED'] as const;
export interface ContractOrder {
  readonly field: (typeof contractOrderFields)[number];
  readonly direction: 'ASC' | 'DESC';
}
export interface ContractFilter {
  readonly statuses?: readonly ContractStatus[];
  readonly types?: readonly JobType[];
  readonly startedAt?: InstantRange;
}
export interface ContractsQuery extends PageArguments {
  readonly filter?: ContractFilter | null;
  readonly orderBy: ContractOrder;
}

/** What reading contracts found. `unread`: sentences about what could not be read; empty where everything was. */
export interface ContractSyncResult {
  readonly source: 'contract_list' | 'work_history';
  readonly seen: number;
  readonly changed: number;
  readonly unread: readonly string[];
}

export interface ContractService {
  byId(id: string): Contract | undefined;
  milestone(id: string): Milestone | undefined;
  ofProposal(proposalId: string): Contract | undefined;
  list(query: ContractsQuery): Page<Contract>;
  count(filter?: ContractFilter | null): number;
  /**
   * Reads contracts: `contractList` where the key may, the work history where not (FACTS §9). Changes become CONTRACT_UPDATED events.
   * @throws UpworkError
   */
  sync(signal?: AbortSignal): Promise<ContractSyncResult>;
  /** Deletes all contracts and milestones, in the caller's transaction; returns how many contracts. */
  purgeAll(): number;
  /** Announces milestones due within 48 h and 24 h, and overdue ones, each once; returns how many. */
  announceDue(): number;
}
