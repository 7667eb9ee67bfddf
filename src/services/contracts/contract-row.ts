import type { JobClient } from '../jobs/model.ts';
import { toMoney } from './amounts.ts';
import type { Contract, ContractStatus, Earnings, Milestone, MilestoneStatus } from './model.ts';
import { unfinished } from './statuses.ts';

/** A row of `contracts`. */
export interface ContractRow {
  readonly seq: number;
  readonly id: string;
  readonly externalId: string;
  readonly title: string;
  readonly status: ContractStatus;
  readonly type: 'HOURLY' | 'FIXED_PRICE';
  readonly clientExternalId: string | null;
  readonly jobExternalId: string | null;
  readonly proposalId: string | null;
  readonly rate: number | null;
  readonly currency: string | null;
  readonly weeklyLimit: string | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly earned: number | null;
  readonly source: 'contract_list' | 'work_history';
  readonly updatedAt: number;
  readonly syncedAt: number;
}

/** Its columns under the names of `ContractRow`. */
export const contractColumns = `seq, id, external_id AS externalId, title, status, type, client_external_id AS clientExternalId,
  job_external_id AS jobExternalId, proposal_id AS proposalId, rate, currency, weekly_limit AS weeklyLimit, started_at AS startedAt,
  ended_at AS endedAt, earned, source, updated_at AS updatedAt, synced_at AS syncedAt`;

/** A row of `milestones`. */
export interface MilestoneRow {
  readonly id: string;
  readonly contractId: string;
  readonly externalId: string;
  readonly position: number;
  readonly title: string;
  readonly amount: number;
  readonly funded: number;
  readonly paid: number;
  readonly currency: string;
  readonly status: MilestoneStatus;
  readonly dueAt: number | null;
  readonly paidAt: number | null;
  readonly announced: string | null;
}

/** Its columns under the names of `MilestoneRow`. */
export const milestoneColumns = `id, contract_id AS contractId, external_id AS externalId, position, title, amount, funded, paid, currency, status,
  due_at AS dueAt, paid_at AS paidAt, announced`;

/** The milestone of a row, as of `now`. */
export function toMilestone(row: MilestoneRow, now: Date): Milestone {
  return {
    id: row.id,
    externalId: row.externalId,
    contractId: row.contractId,
    title: row.title,
    amount: toMoney(row.amount, row.currency),
    status: row.status,
    overdue: row.dueAt !== null && row.dueAt <= now.getTime() && unfinished.includes(row.status),
    ...(row.dueAt !== null && { dueOn: new Date(row.dueAt).toISOString().slice(0, 10) }),
    ...(row.paidAt !== null && { paidAt: new Date(row.paidAt) }),
  };
}

/** The contract of a row. `client` and `jobId` come from the stored job, where there is one. */
export function toContract(
  row: ContractRow,
  milestones: readonly MilestoneRow[],
  job: { readonly id: string; readonly client: JobClient } | undefined,
  now: Date,
): Contract {
  const earnings = earningsOf(row, milestones);
  return {
    seq: row.seq,
    id: row.id,
    externalId: row.externalId,
    title: row.title,
    status: row.status,
    type: row.type,
    client: { ...job?.client, ...(row.clientExternalId !== null && { externalId: row.clientExternalId }) },
    milestones: milestones.map((part) => toMilestone(part, now)),
    syncedAt: new Date(row.syncedAt),
    ...(job && { jobId: job.id }),
    ...(row.proposalId !== null && { proposalId: row.proposalId }),
    ...(row.rate !== null && { rate: toMoney(row.rate, row.currency ?? 'USD') }),
    ...(row.weeklyLimit !== null && { weeklyLimit: row.weeklyLimit }),
    ...(row.startedAt !== null && { startedAt: new Date(row.startedAt) }),
    ...(row.endedAt !== null && { endedAt: new Date(row.endedAt) }),
    ...(earnings && { earnings }),
  };
}

/** Summed from what is shown; the work history shows no milestones. */
function earningsOf(row: ContractRow, milestones: readonly MilestoneRow[]): Earnings | undefined {
  const [first] = milestones;
  if (row.source !== 'contract_list' || row.type !== 'FIXED_PRICE' || !first) return undefined;
  const live = milestones.filter(({ status }) => status !== 'CANCELLED');
  const sum = (of: (part: MilestoneRow) => number) => live.reduce((total, part) => total + of(part), 0);
  const { currency } = first;
  return {
    funded: toMoney(
      sum(({ funded }) => funded),
      currency,
    ),
    paid: toMoney(
      sum(({ paid }) => paid),
      currency,
    ),
    remaining: toMoney(
      Math.max(
        0,
        sum(({ amount, paid }) => amount - paid),
      ),
      currency,
    ),
  };
}
