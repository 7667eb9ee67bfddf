import type { Proposal, ProposalStats } from '../../services/proposals/model.ts';
import { builder } from '../builder.ts';
import { DateTimeRangeInputRef } from '../criteria/ranges.ts';
import { OrderDirectionRef } from '../order-direction.ts';
import { ProposalRef } from './proposal.ts';
import { ProposalOrderFieldRef, ProposalStatusRef } from './proposal-enums.ts';

interface ProposalPage {
  readonly count: () => number;
  readonly edges: { readonly node: Proposal; readonly cursor: string }[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
}

export const ProposalConnectionRef = builder.connectionObject<typeof ProposalRef, ProposalPage>(
  {
    type: ProposalRef,
    name: 'ProposalConnection',
    description: 'A page of proposals.',
    fields: (t) => ({
      totalCount: t.int({ description: 'How many there are in all.', resolve: (page) => page.count() }),
    }),
  },
  { name: 'ProposalEdge', description: 'A proposal with its place in the list.' },
);

export const ProposalFilterRef = builder.inputType('ProposalFilter', {
  description: 'All set fields must hold.',
  fields: (t) => ({
    statuses: t.field({ type: [ProposalStatusRef], description: 'In one of these states.' }),
    jobId: t.id({ description: 'For this job.' }),
    submittedAt: t.field({ type: DateTimeRangeInputRef, description: 'Submitted in this stretch of time.' }),
  }),
});

export const ProposalOrderRef = builder.inputType('ProposalOrder', {
  description: 'How proposals are ordered.',
  fields: (t) => ({
    field: t.field({ type: ProposalOrderFieldRef, required: true, description: 'By what.' }),
    direction: t.field({ type: OrderDirectionRef, required: true, description: 'Which end first.' }),
  }),
});

const ProposalStatusCountRef = builder.objectRef<ProposalStats['byStatus'][number]>('ProposalStatusCount').implement({
  description: 'How many proposals stand where.',
  fields: (t) => ({
    status: t.expose('status', { type: ProposalStatusRef, description: 'Where they stand.' }),
    count: t.exposeInt('count', { description: 'How many.' }),
  }),
});

export const ProposalStatsRef = builder.objectRef<ProposalStats>('ProposalStats').implement({
  description: 'What became of proposals, with the counts that the rates rest on.',
  fields: (t) => ({
    submitted: t.exposeInt('submitted', { description: 'How many were submitted.' }),
    viewed: t.exposeInt('viewed', { description: 'How many of them the client looked at.' }),
    interviewed: t.exposeInt('interviewed', { description: 'How many of them led to an interview.' }),
    hired: t.exposeInt('hired', { description: 'How many of them led to being hired.' }),
    responseRate: t.expose('responseRate', {
      type: 'Decimal',
      nullable: true,
      description: 'Interviewed divided by submitted; null while nothing was submitted.',
    }),
    hireRate: t.expose('hireRate', {
      type: 'Decimal',
      nullable: true,
      description: 'Hired divided by submitted; null while nothing was submitted.',
    }),
    connectsSpent: t.exposeInt('connectsSpent', { description: 'Connects they cost, as far as known.' }),
    medianTimeToResponse: t.expose('medianTimeToResponseMs', {
      type: 'Duration',
      nullable: true,
      description: 'Half of the answers came within this time.',
    }),
    byStatus: t.field({
      type: [ProposalStatusCountRef],
      description: 'All proposals by where they stand.',
      resolve: ({ byStatus }) => [...byStatus],
    }),
  }),
});
