import type { WorldClock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Settings } from '../settings.ts';
import { type Contracts, createContracts } from './contracts.ts';
import { type Proposal, type ProposalStatus, proposalStatuses, type Step } from './proposal.ts';
import type { World } from './world.ts';

/** Proposals and the contracts that come of them; both follow the clock of the world at the pace of the settings. */
export interface Life {
  contracts: Contracts;
  /** Lets everything happen that was due by now. */
  catchUp(): void;
  /** Oldest first. */
  list(): Proposal[];
  find(id: string): Proposal | undefined;
  /** Remembers a proposal as submitted now. */
  add(proposal: Omit<Proposal, 'id' | 'createdAt' | 'modifiedAt' | 'ahead' | 'reason' | 'viewed' | 'status'>): Proposal;
  /** Moves one by hand; nothing more happens to it by itself. Throws on an unknown id or status. */
  move(id: string, status: ProposalStatus, reason?: string): Proposal;
  /** The client opens it. */
  view(id: string): Proposal;
}

const unitMs = { off: Number.POSITIVE_INFINITY, slow: 2 * 3_600_000, fast: 2_000 };

/** A life in which nobody has applied yet. */
export function createLife(clock: WorldClock, random: Random, world: World, settings: Settings): Life {
  const proposals = new Map<string, Proposal>();
  const contracts = createContracts(clock, random.fork('contracts'), world, () => unitMs[settings.lifePace]);

  function change(proposal: Proposal, status: ProposalStatus, at: number, reason: string | null): void {
    proposal.status = status;
    proposal.modifiedAt = at;
    proposal.reason = reason;
    if (status === 'Hired') contracts.open(proposal, at);
  }

  function known(id: string): Proposal {
    const proposal = proposals.get(id);
    if (!proposal) throw new Error(`There is no proposal ${id}.`);
    return proposal;
  }

  function goOn(proposal: Proposal, now: number): void {
    for (let step = proposal.ahead[0]; step !== undefined; step = proposal.ahead[0]) {
      const at = proposal.modifiedAt + step.units * unitMs[settings.lifePace];
      if (at > now) break;
      proposal.ahead.shift();
      if (step.what === 'view') {
        proposal.viewed = true;
        proposal.modifiedAt = at;
      } else change(proposal, step.what, at, step.what === 'Declined' ? 'Not a fit' : null);
    }
    if (proposal.status === 'Accepted' && world.find(proposal.postingId)?.status === 'CLOSED')
      change(proposal, 'Archived', now, null);
  }

  return {
    contracts,
    catchUp: () => {
      const now = clock.now();
      for (const proposal of proposals.values()) goOn(proposal, now);
      contracts.catchUp();
    },
    list: () => [...proposals.values()],
    find: (id) => proposals.get(id),
    add: (fields) => {
      const now = clock.now();
      const id = String((BigInt(Math.max(0, now - 1_288_834_974_657)) << 22n) + BigInt(proposals.size + 1));
      const proposal: Proposal = {
        ...fields,
        id,
        status: 'Accepted',
        reason: null,
        viewed: false,
        createdAt: now,
        modifiedAt: now,
        ahead: drawSteps(random.fork(`${fields.account}/${fields.postingId}`)),
      };
      proposals.set(id, proposal);
      return proposal;
    },
    move: (id, status, reason) => {
      if (!proposalStatuses.includes(status))
        throw new Error(`There is no status ${status}. There are: ${proposalStatuses.join(', ')}.`);
      const proposal = known(id);
      proposal.ahead = [];
      change(proposal, status, clock.now(), reason ?? null);
      return proposal;
    },
    view: (id) => Object.assign(known(id), { viewed: true, modifiedAt: clock.now() }),
  };
}

/** How it will go: four in five are opened, one in three leads to a talk, one in five to a contract. */
function drawSteps(random: Random): Step[] {
  if (!random.chance(0.8)) return [];
  const steps: Step[] = [{ units: random.int(1, 3), what: 'view' }];
  const next = (what: ProposalStatus, least: number, most: number) =>
    steps.push({ units: random.int(least, most), what });
  if (!random.chance(0.45)) {
    if (random.chance(0.5)) next('Declined', 4, 10);
    return steps;
  }
  next('Activated', 2, 5);
  if (random.chance(0.6)) {
    next('Offered', 2, 6);
    next('Hired', 1, 3);
  } else next('Declined', 3, 8);
  return steps;
}
