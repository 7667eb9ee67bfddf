import { ulid } from 'ulid';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Database } from '../database/model.ts';
import type { UpstreamContract, UpstreamMilestone } from '../upwork/calls/contract-calls.ts';
import { toUnits } from './amounts.ts';
import { type ContractRow, contractColumns, type MilestoneRow, milestoneColumns } from './contract-row.ts';
import { contractStatusOf, milestoneStatusOf } from './statuses.ts';

/** What noting a contract has changed: names of fields, `created` for a new one. */
export interface NotedContract {
  readonly id: string;
  readonly changed: readonly string[];
  readonly milestones: readonly { readonly id: string; readonly changed: readonly string[] }[];
}

export interface ContractStore {
  byId(id: string): ContractRow | undefined;
  all(): ContractRow[];
  ofProposal(proposalId: string): ContractRow | undefined;
  milestone(id: string): MilestoneRow | undefined;
  milestones(contractId: string): MilestoneRow[];
  /**
   * In the caller's transaction: stores what Upwork shows. What an answer leaves out stays as it was; a milestone is deleted once a list that was
   * read whole is without it. Undefined: a contract that is new and of which not even the type is known is not stored.
   */
  note(
    upstream: UpstreamContract,
    source: ContractRow['source'],
    proposalId: string | undefined,
  ): NotedContract | undefined;
  /** Milestones with a due date that is not over and done with. */
  datedMilestones(): (MilestoneRow & { readonly contractStatus: string })[];
  markAnnounced(id: string, stage: string): void;
  /** In the caller's transaction: deletes all; returns how many contracts. */
  clear(): number;
}

type ContractValues = Omit<ContractRow, 'seq' | 'id' | 'updatedAt' | 'syncedAt'>;
const contractFields: readonly (keyof ContractValues & keyof ContractRow)[] = [
  'title',
  'status',
  'type',
  'rate',
  'currency',
  'weeklyLimit',
  'startedAt',
  'endedAt',
  'proposalId',
  'jobExternalId',
];
type MilestoneValues = Omit<MilestoneRow, 'id' | 'contractId' | 'announced'>;
const milestoneFields: readonly (keyof MilestoneValues)[] = ['title', 'amount', 'funded', 'paid', 'status', 'dueAt'];

/** Rows of contracts and milestones. */
export function createContractStore(db: Database, clock: Pick<Clock, 'now'>, random: Random): ContractStore {
  const { sql } = db;
  const contract = (where: string) => sql.prepare(`SELECT ${contractColumns} FROM contracts ${where}`);
  const selectById = contract('WHERE id = ?');
  const selectByExternal = contract('WHERE external_id = ?');
  const selectOfProposal = contract('WHERE proposal_id = ? ORDER BY seq DESC');
  const selectAll = contract('ORDER BY seq');
  const insertContract = sql.prepare(
    `INSERT INTO contracts (id, platform, external_id, title, status, type, client_external_id, job_external_id, proposal_id, rate, currency, weekly_limit,
       started_at, ended_at, earned, source, updated_at, synced_at)
     VALUES (@id, 'upwork', @externalId, @title, @status, @type, @clientExternalId, @jobExternalId, @proposalId, @rate, @currency, @weeklyLimit,
       @startedAt, @endedAt, @earned, @source, @now, @now)`,
  );
  const updateContract = sql.prepare(
    `UPDATE contracts SET title = @title, status = @status, type = @type, client_external_id = @clientExternalId, job_external_id = @jobExternalId,
       proposal_id = @proposalId, rate = @rate, currency = @currency, weekly_limit = @weeklyLimit, started_at = @startedAt, ended_at = @endedAt,
       earned = @earned, source = @source, updated_at = @updatedAt, synced_at = @now WHERE id = @id`,
  );
  const selectMilestone = sql.prepare(`SELECT ${milestoneColumns} FROM milestones WHERE id = ?`);
  const selectMilestones = sql.prepare(
    `SELECT ${milestoneColumns} FROM milestones WHERE contract_id = ? ORDER BY position, id`,
  );
  const selectDated = sql.prepare(
    `SELECT m.id, m.contract_id AS contractId, m.status, m.due_at AS dueAt, m.announced, c.status AS contractStatus
     FROM milestones m JOIN contracts c ON c.id = m.contract_id WHERE m.due_at IS NOT NULL AND coalesce(m.announced, '') <> 'overdue' ORDER BY m.due_at`,
  );
  const writeMilestone = sql.prepare(
    `INSERT INTO milestones (id, contract_id, external_id, position, title, amount, funded, paid, currency, status, due_at, paid_at, announced)
     VALUES (@id, @contractId, @externalId, @position, @title, @amount, @funded, @paid, @currency, @status, @dueAt, @paidAt, @announced)
     ON CONFLICT (id) DO UPDATE SET position = excluded.position, title = excluded.title, amount = excluded.amount, funded = excluded.funded,
       paid = excluded.paid, currency = excluded.currency, status = excluded.status, due_at = excluded.due_at, paid_at = excluded.paid_at,
       announced = excluded.announced`,
  );
  const deleteOthers = sql.prepare(
    'DELETE FROM milestones WHERE contract_id = ? AND external_id NOT IN (SELECT value FROM json_each(?))',
  );
  const announce = sql.prepare('UPDATE milestones SET announced = ? WHERE id = ?');
  const clearContracts = sql.prepare('DELETE FROM contracts');
  const clearMilestones = sql.prepare('DELETE FROM milestones');
  const nowMs = () => clock.now().getTime();
  const newId = (prefix: string) => `${prefix}_${ulid(nowMs(), () => random.fraction())}`;

  const noteMilestones = (contractId: string, parts: readonly UpstreamMilestone[], isWhole: boolean) => {
    const known = new Map((selectMilestones.all(contractId) as MilestoneRow[]).map((row) => [row.externalId, row]));
    return parts.flatMap((part, index) => {
      const before = known.get(part.externalId);
      const values = milestoneValues(part, { position: index + 1, before, isWhole, now: nowMs() });
      const changed = before ? milestoneFields.filter((field) => before[field] !== values[field]) : ['created'];
      if (changed.length === 0) return [];
      const id = before?.id ?? newId('milestone');
      // A new due date is announced anew.
      const announced = before && before.dueAt === values.dueAt ? before.announced : null;
      writeMilestone.run({ ...values, id, contractId, announced });
      return [{ id, changed }];
    });
  };

  /** Those that Upwork no longer has; returns how many. */
  const dropMilestones = (contractId: string, parts: readonly UpstreamMilestone[]): number =>
    deleteOthers.run(contractId, JSON.stringify(parts.map(({ externalId }) => externalId))).changes;

  return {
    byId: (id) => selectById.get(id) as ContractRow | undefined,
    all: () => selectAll.all() as ContractRow[],
    ofProposal: (proposalId) => selectOfProposal.get(proposalId) as ContractRow | undefined,
    milestone: (id) => selectMilestone.get(id) as MilestoneRow | undefined,
    milestones: (contractId) => selectMilestones.all(contractId) as MilestoneRow[],
    note: (upstream, source, proposalId) => {
      const before = selectByExternal.get(upstream.externalId) as ContractRow | undefined;
      const type = upstream.type ?? before?.type;
      if (!type) return undefined;
      const values = { ...contractValues(upstream, source, proposalId, before), type };
      const changed = before ? contractFields.filter((field) => before[field] !== values[field]) : ['created'];
      const id = before?.id ?? newId('contract');
      const now = nowMs();
      if (before) updateContract.run({ ...values, id, now, updatedAt: changed.length > 0 ? now : before.updatedAt });
      else insertContract.run({ ...values, id, now });
      const milestones = upstream.milestones
        ? noteMilestones(id, upstream.milestones, upstream.hasAllMilestones === true)
        : [];
      const isShorter = upstream.hasAllMilestones === true && dropMilestones(id, upstream.milestones ?? []) > 0;
      // A contract that is new brings its milestones with it: one piece of news.
      return { id, changed: isShorter ? [...changed, 'milestones'] : changed, milestones: before ? milestones : [] };
    },
    datedMilestones: () => selectDated.all() as (MilestoneRow & { contractStatus: string })[],
    markAnnounced: (id, stage) => void announce.run(stage, id),
    clear: () => {
      clearMilestones.run();
      return clearContracts.run().changes;
    },
  };
}

function contractValues(
  upstream: UpstreamContract,
  source: ContractRow['source'],
  proposalId: string | undefined,
  before: ContractRow | undefined,
): Omit<ContractValues, 'type'> {
  const paid = upstream.hasAllMilestones
    ? upstream.milestones?.reduce((total, part) => total + toUnits(part.paid ?? '0'), 0)
    : undefined;
  return {
    externalId: upstream.externalId,
    title: upstream.title,
    status: contractStatusOf(upstream.status),
    clientExternalId: upstream.clientExternalId ?? before?.clientExternalId ?? null,
    jobExternalId: upstream.jobExternalId ?? before?.jobExternalId ?? null,
    proposalId: proposalId ?? before?.proposalId ?? null,
    rate: upstream.rate ? toUnits(upstream.rate.amount) : (before?.rate ?? null),
    currency: upstream.rate?.currency ?? before?.currency ?? null,
    weeklyLimit: upstream.weeklyLimit ?? (source === 'work_history' ? (before?.weeklyLimit ?? null) : null),
    startedAt: upstream.startedAt?.getTime() ?? before?.startedAt ?? null,
    endedAt: upstream.endedAt?.getTime() ?? null,
    earned: paid ?? before?.earned ?? null,
    source: source === 'work_history' && before?.source === 'contract_list' ? 'contract_list' : source,
  };
}

interface MilestoneNote {
  readonly position: number;
  readonly before: MilestoneRow | undefined;
  /** Everything was told: an absent date is none. */
  readonly isWhole: boolean;
  readonly now: number;
}

/** What was not told stays as it was. */
function milestoneValues(part: UpstreamMilestone, { position, before, isWhole, now }: MilestoneNote): MilestoneValues {
  const status = part.state === undefined && before ? before.status : milestoneStatusOf(part.state ?? '');
  const units = (amount: string | undefined, kept: number | undefined) =>
    amount === undefined ? (kept ?? 0) : toUnits(amount);
  return {
    externalId: part.externalId,
    position,
    title: part.title ?? before?.title ?? '',
    amount: units(part.amount, before?.amount),
    funded: units(part.funded, before?.funded),
    paid: units(part.paid, before?.paid),
    currency: part.currency,
    status,
    dueAt: part.dueAt?.getTime() ?? (isWhole ? null : (before?.dueAt ?? null)),
    // Upwork does not say when; when it was first seen paid is the nearest there is.
    paidAt: status === 'PAID' ? (before?.paidAt ?? now) : null,
  };
}
