import type { Contract, Milestone } from '../../services/contracts/model.ts';
import type { Proposal, ProposalStatus } from '../../services/proposals/model.ts';
import { builder } from '../builder.ts';
import { ContractRef, MilestoneRef } from '../contracts/contract.ts';
import { type Envelope, EventRef } from '../events/event.ts';
import { ProposalRef } from './proposal.ts';
import { ProposalStatusRef } from './proposal-enums.ts';

export type ProposalUpdated = Envelope<'PROPOSAL_UPDATED'> & {
  readonly proposal: Proposal;
  readonly previous?: ProposalStatus;
  readonly status: ProposalStatus;
};
export type ContractUpdated = Envelope<'CONTRACT_UPDATED'> & {
  readonly contract: Contract;
  readonly milestone?: Milestone;
  readonly changed: readonly string[];
};

export const ProposalUpdatedEventRef = builder.objectRef<ProposalUpdated>('ProposalUpdatedEvent').implement({
  description: 'A proposal has changed, by your hand or on the platform.',
  interfaces: [EventRef],
  fields: (t) => ({
    proposal: t.expose('proposal', {
      type: ProposalRef,
      description: 'The proposal, with the status it had then; the rest as it is now.',
    }),
    status: t.expose('status', { type: ProposalStatusRef, description: 'Where it stood then.' }),
    previous: t.expose('previous', {
      type: ProposalStatusRef,
      nullable: true,
      description: 'Where it stood before; null where that did not change.',
    }),
  }),
});

export const ContractUpdatedEventRef = builder.objectRef<ContractUpdated>('ContractUpdatedEvent').implement({
  description:
    'A contract or one of its milestones has changed. A milestone coming due is one of these too: `changed` is `["dueIn48h"]`, `["dueIn24h"]` or `["overdue"]`.',
  interfaces: [EventRef],
  fields: (t) => ({
    contract: t.expose('contract', { type: ContractRef, description: 'The contract, as it is now.' }),
    milestone: t.expose('milestone', {
      type: MilestoneRef,
      nullable: true,
      description: 'The milestone it is about; null where it is the contract itself.',
    }),
    changed: t.exposeStringList('changed', { description: 'Names of the fields that changed, or what is due.' }),
  }),
});
