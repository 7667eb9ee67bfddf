import type { WorldClock } from '../clock.ts';
import { companyId } from '../graphql/job-answers.ts';
import type { Random } from '../random.ts';
import {
  type Contract,
  type ContractFields,
  type Milestone,
  type MilestoneState,
  milestoneStates,
  type Proposal,
} from './proposal.ts';
import type { World } from './world.ts';

/** All contracts of the world. */
export interface Contracts {
  list(): Contract[];
  find(id: string): Contract | undefined;
  /** Begins the contract a proposal has won. */
  open(proposal: Proposal, at: number): Contract;
  /** Plants a contract. Throws on an unknown posting. */
  plant(fields: ContractFields): Contract;
  /** Pauses, resumes or ends one. Throws on an unknown id. */
  move(id: string, status: Contract['status'], reason?: string): Contract;
  /** Changes a milestone. Throws on an unknown id or state. */
  moveMilestone(id: string, milestone: string, change: { state?: MilestoneState; dueAt?: string | null }): Contract;
  /** The client deletes one. Throws when there is none. */
  removeMilestone(id: string, milestone: string): Contract;
  /** Lets funded milestones go their way. */
  catchUp(): void;
}

/** No contracts yet. `unitMs`: how long a step takes; infinite where nothing moves by itself. */
export function createContracts(clock: WorldClock, random: Random, world: World, unitMs: () => number): Contracts {
  const contracts = new Map<string, Contract>();

  function add(contract: Omit<Contract, 'id'>): Contract {
    const id = String(41_800_001 + contracts.size);
    const made = { ...contract, id };
    contracts.set(id, made);
    return made;
  }

  function known(id: string): Contract {
    const contract = contracts.get(id);
    if (!contract) throw new Error(`There is no contract ${id}.`);
    return contract;
  }

  function milestonesOf(parts: readonly Omit<Milestone, 'id'>[]): Milestone[] {
    const start = random.int(10_000_000, 80_000_000);
    return parts.map((part, index) => ({ ...part, id: String(start + index) }));
  }

  function open(proposal: Proposal, at: number): Contract {
    const posting = world.find(proposal.postingId);
    const isHourly = posting?.jobType !== 'FIXED';
    const agreed = proposal.milestones.length > 0 ? proposal.milestones : [whole(proposal.amount)];
    return add({
      account: proposal.account,
      postingId: proposal.postingId,
      title: posting?.title ?? 'A posting that is gone',
      clientName: clientName(proposal.postingId),
      jobType: isHourly ? 'HOURLY' : 'FIXED',
      status: 'ACTIVE',
      amount: proposal.amount,
      currency: proposal.currency,
      weeklyLimit: isHourly ? 20 : null,
      startedAt: at,
      endedAt: null,
      closingReason: null,
      modifiedAt: at,
      milestones: isHourly
        ? []
        : milestonesOf(
            agreed.map(({ description, amount, dueDate }, index) => ({
              description,
              amount,
              dueAt: dueDate === null ? at + (index + 1) * 7 * 86_400_000 : Date.parse(dueDate),
              state: index === 0 ? 'Active' : 'NotFunded',
              modifiedAt: at,
            })),
          ),
    });
  }

  function plant(fields: ContractFields): Contract {
    const posting = fields.postingId === undefined ? world.post() : world.find(fields.postingId);
    if (!posting) throw new Error(`There is no posting ${fields.postingId}.`);
    const now = clock.now();
    const jobType = fields.jobType ?? (fields.milestones ? 'FIXED' : 'HOURLY');
    const startedAt = fields.startedAt === undefined ? now : Date.parse(fields.startedAt);
    return add({
      account: fields.account ?? 'jane',
      postingId: posting.id,
      title: fields.title ?? posting.title,
      clientName: clientName(posting.id),
      jobType,
      status: fields.status ?? 'ACTIVE',
      amount: fields.amount ?? (jobType === 'HOURLY' ? 55 : 900),
      currency: fields.currency ?? 'USD',
      weeklyLimit: jobType === 'HOURLY' ? (fields.weeklyLimit ?? 20) : null,
      startedAt,
      endedAt: fields.endedAt == null ? null : Date.parse(fields.endedAt),
      closingReason: null,
      modifiedAt: startedAt,
      milestones: milestonesOf(
        (fields.milestones ?? []).map(({ description, amount, dueAt, state }, index) => ({
          description: description ?? `Part ${index + 1}`,
          amount: amount ?? 300,
          dueAt: dueAt == null ? null : Date.parse(dueAt),
          state: state ?? (index === 0 ? 'Active' : 'NotFunded'),
          modifiedAt: startedAt,
        })),
      ),
    });
  }

  return {
    list: () => [...contracts.values()],
    find: (id) => contracts.get(id),
    open,
    plant,
    move: (id, status, reason) => {
      const contract = known(id);
      const now = clock.now();
      const isOver = status === 'CLOSED';
      return Object.assign(contract, {
        status,
        endedAt: isOver ? now : null,
        closingReason: isOver ? (reason ?? 'Job was completed successfully') : null,
        modifiedAt: now,
      });
    },
    removeMilestone: (id, milestoneId) => {
      const contract = known(id);
      const place = contract.milestones.findIndex((part) => part.id === milestoneId);
      if (place < 0) throw new Error(`Contract ${id} has no milestone ${milestoneId}.`);
      contract.milestones.splice(place, 1);
      return contract;
    },
    moveMilestone: (id, milestoneId, { state, dueAt }) => {
      const contract = known(id);
      const milestone = contract.milestones.find((part) => part.id === milestoneId);
      if (!milestone) throw new Error(`Contract ${id} has no milestone ${milestoneId}.`);
      if (state !== undefined && !milestoneStates.includes(state))
        throw new Error(`There is no state ${state}. There are: ${milestoneStates.join(', ')}.`);
      if (state !== undefined) milestone.state = state;
      if (dueAt !== undefined) milestone.dueAt = dueAt === null ? null : Date.parse(dueAt);
      milestone.modifiedAt = contract.modifiedAt = clock.now();
      return contract;
    },
    catchUp: () => {
      const now = clock.now();
      for (const contract of contracts.values()) if (contract.status === 'ACTIVE') proceed(contract, now, unitMs());
    },
  };
}

/** Work is handed in after five steps and paid two later; then the next part is funded, and after the last one the contract ends. */
function proceed(contract: Contract, now: number, unitMs: number): void {
  for (const [index, milestone] of contract.milestones.entries()) {
    const go = (units: number, state: MilestoneState): boolean => {
      const at = milestone.modifiedAt + units * unitMs;
      if (at > now) return false;
      milestone.state = state;
      milestone.modifiedAt = contract.modifiedAt = at;
      return true;
    };
    if (milestone.state === 'Active') go(5, 'Submitted');
    if (milestone.state !== 'Submitted' || !go(2, 'Paid')) continue;
    const next = contract.milestones[index + 1];
    if (next) Object.assign(next, { state: 'Active', modifiedAt: milestone.modifiedAt });
    else
      Object.assign(contract, {
        status: 'CLOSED',
        endedAt: milestone.modifiedAt,
        closingReason: 'Job was completed successfully',
      });
  }
}

function whole(amount: number): Proposal['milestones'][number] {
  return { description: 'The whole work', amount, dueDate: null };
}

function clientName(postingId: string): string {
  return `Client ${companyId(postingId).slice(-4)}`;
}
