import type { ClockChange, ClockState } from '../clock.ts';
import { connectsCost } from '../graphql/proposal-queries.ts';
import type { Marketplace } from '../marketplace.ts';
import { accountOf } from '../oauth/accounts.ts';
import { changeSettings, type Settings } from '../settings.ts';
import type { Posting, PostingFields } from '../world/posting.ts';
import type { Contract, ContractFields, MilestoneState, Proposal, ProposalStatus } from '../world/proposal.ts';
import type { Stream } from '../world/world.ts';
import type { Fault } from './faults.ts';
import type { JournalEntry } from './journal.ts';

/** Everything a test or a person may arrange while the sandbox runs. Every call first lets happen what was due. */
export interface Control {
  /** World time. */
  now(): Date;
  /** Moves the clock; the world and the life of tokens follow. */
  setClock(change: ClockChange): ClockState;
  /** Plants an exact posting. Throws on an unknown category or field. */
  post(fields?: PostingFields): Posting;
  /** Plants `count` postings at once. */
  burst(count: number, fields?: PostingFields): Posting[];
  /** Changes a posting. */
  edit(id: string, fields: PostingFields): Posting;
  /** Closes a posting: it leaves the search, its detail stays. */
  close(id: string): Posting;
  /** Renews a posting. */
  renew(id: string): Posting;
  /** Removes a posting from the world. */
  remove(id: string): void;
  /** All postings, oldest first. */
  postings(): Posting[];
  /** Reads or changes the stream of new postings. */
  setStream(change?: Partial<Stream>): Stream;
  /** Every proposal, oldest first. */
  proposals(): Proposal[];
  /** A person applies on the site, without the API. Throws when there is no such posting. */
  apply(postingId: string, fields?: { account?: Proposal['account']; coverLetter?: string; amount?: number }): Proposal;
  /** The client answers one; it moves no more by itself. Throws when there is none. */
  moveProposal(id: string, status: ProposalStatus, reason?: string): Proposal;
  /** The client opens one. */
  viewProposal(id: string): Proposal;
  /** Every contract, oldest first. */
  contracts(): Contract[];
  /** Plants a contract. */
  addContract(fields?: ContractFields): Contract;
  /** Pauses, resumes or ends one. */
  moveContract(id: string, status: Contract['status'], reason?: string): Contract;
  /** Changes one milestone. */
  moveMilestone(id: string, milestone: string, change: { state?: MilestoneState; dueAt?: string | null }): Contract;
  /** The client deletes one. */
  removeMilestone(id: string, milestone: string): Contract;
  /** Lets something go wrong. */
  fail(fault: Fault): void;
  /** Faults that still wait. */
  faults(): Fault[];
  clearFaults(): void;
  /** Reads or changes settings. A change of scopes kills every token (FACTS §2.5). */
  set(change?: Partial<Settings>): Settings;
  /** The person revokes the application under Connected Apps. */
  revokeTokens(): void;
  /** Access tokens end, refresh tokens live on. */
  expireAccessTokens(): void;
  /** Every request so far, without secrets. */
  journal(): JournalEntry[];
  /** How often what was asked. */
  counters(): Record<string, number>;
  clearJournal(): void;
  /** A fresh world with the same key, as at the start; nobody is connected. */
  reset(): void;
}

/** The control of whatever marketplace `current` gives; `replace` puts a fresh one in its place. */
export function createControl(current: () => Marketplace, replace: () => void): Control {
  const live = () => {
    const marketplace = current();
    marketplace.catchUp();
    return marketplace;
  };
  return {
    now: () => new Date(current().clock.now()),
    setClock: (change) => {
      live();
      const state = current().clock.change(change);
      live();
      return state;
    },
    post: (fields) => ({ ...live().world.post(fields) }),
    burst: (count, fields) => {
      if (!Number.isInteger(count) || count < 1 || count > 20_000)
        throw new Error('count is a whole number from 1 to 20000.');
      const { world } = live();
      return Array.from({ length: count }, () => ({ ...world.post(fields) }));
    },
    edit: (id, fields) => ({ ...live().world.edit(id, fields) }),
    close: (id) => ({ ...live().world.edit(id, { status: 'CLOSED' }) }),
    renew: (id) => ({ ...live().world.edit(id, { renewedAt: new Date(current().clock.now()).toISOString() }) }),
    remove: (id) => live().world.remove(id),
    postings: () =>
      live()
        .world.list()
        .map((posting) => ({ ...posting })),
    setStream: (change) => live().world.stream(change),
    proposals: () => live().life.list().map(copy),
    apply: (postingId, { account: key = 'jane', coverLetter = 'By hand', amount = 50 } = {}) => {
      const { world, life } = live();
      const posting = world.find(postingId);
      if (!posting) throw new Error(`There is no posting ${postingId}.`);
      const { currency } = posting;
      const organizationId = accountOf(key).organizations[0].id;
      const plain = { account: key, organizationId, postingId, coverLetter, amount, currency };
      return copy(life.add({ ...plain, answers: [], connects: connectsCost(posting), milestones: [] }));
    },
    moveProposal: (id, status, reason) => copy(live().life.move(id, status, reason)),
    viewProposal: (id) => copy(live().life.view(id)),
    contracts: () => live().life.contracts.list().map(copy),
    addContract: (fields = {}) => copy(live().life.contracts.plant(fields)),
    moveContract: (id, status, reason) => copy(live().life.contracts.move(id, status, reason)),
    moveMilestone: (id, milestone, change) => copy(live().life.contracts.moveMilestone(id, milestone, change)),
    removeMilestone: (id, milestone) => copy(live().life.contracts.removeMilestone(id, milestone)),
    fail: (fault) => current().faults.add(fault),
    faults: () => current().faults.list(),
    clearFaults: () => current().faults.clear(),
    set: (change = {}) => {
      const { settings, tokens } = live();
      changeSettings(settings, change);
      if (change.scopes) tokens.revokeAll();
      return { ...settings };
    },
    revokeTokens: () => current().tokens.revokeAll(),
    expireAccessTokens: () => current().tokens.expireAccess(),
    journal: () => current().journal.list(),
    counters: () => current().journal.counters(),
    clearJournal: () => current().journal.clear(),
    reset: replace,
  };
}

function copy<Thing>(thing: Thing): Thing {
  return structuredClone(thing);
}
