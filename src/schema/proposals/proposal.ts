import type {
  Proposal,
  ProposalEvent,
  ProposalTerms,
  ProposedMilestone,
  ScreeningAnswer,
} from '../../services/proposals/model.ts';
import { builder } from '../builder.ts';
import { PlatformRef, platform } from '../connection/platform.ts';
import { EngagementDurationRef } from '../criteria/criteria-enums.ts';
import { ScreeningQuestionRef } from '../jobs/job.ts';
import { MoneyRef } from '../scalars/money.ts';
import { ChangeSourceRef, ProposalStatusRef, SubmissionModeRef } from './proposal-enums.ts';

const ProposedMilestoneRef = builder.objectRef<ProposedMilestone>('ProposedMilestone').implement({
  description: 'A part of a fixed-price bid.',
  fields: (t) => ({
    title: t.exposeString('title', { description: 'What is delivered.' }),
    amount: t.expose('amount', { type: MoneyRef, description: 'What it costs.' }),
    dueOn: t.expose('dueOn', { type: 'Date', nullable: true, description: 'When it is due.' }),
  }),
});

type Terms = ProposalTerms & Pick<Proposal, 'netRate' | 'connects'>;

const ProposalTermsRef = builder.objectRef<Terms>('ProposalTerms').implement({
  description: 'What is offered.',
  fields: (t) => ({
    rate: t.expose('rate', {
      type: MoneyRef,
      nullable: true,
      description: 'What an hour costs, or the whole of a fixed price.',
    }),
    netRate: t.expose('netRate', {
      type: MoneyRef,
      nullable: true,
      description: "What reaches you after the platform's fee.",
    }),
    duration: t.expose('duration', { type: EngagementDurationRef, nullable: true, description: 'How long it takes.' }),
    connects: t.exposeInt('connects', { nullable: true, description: 'Connects it costs, where that is known.' }),
    boostConnects: t.exposeInt('boostConnects', { nullable: true, description: 'Connects added for a better place.' }),
    milestones: t.field({
      type: [ProposedMilestoneRef],
      description: 'The parts of a fixed price, in order.',
      resolve: ({ milestones }) => [...milestones],
    }),
  }),
});

const ScreeningAnswerRef = builder.objectRef<ScreeningAnswer>('ScreeningAnswer').implement({
  description: 'An answer with its question, kept also when the posting is not.',
  fields: (t) => ({
    question: t.expose('question', { type: ScreeningQuestionRef, description: 'The question.' }),
    answer: t.exposeString('answer', { description: 'Your answer; empty while there is none.' }),
  }),
});

export const ProposalEventRef = builder.objectRef<ProposalEvent>('ProposalEvent').implement({
  description: "A step of a proposal's life.",
  fields: (t) => ({
    status: t.expose('status', { type: ProposalStatusRef, description: 'Where it stood from then on.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When.' }),
    source: t.expose('source', { type: ChangeSourceRef, description: 'Who brought it about.' }),
    note: t.exposeString('note', { nullable: true, description: 'What there is to say of it.' }),
  }),
});

export const ProposalRef = builder.objectRef<Proposal>('Proposal').implement({
  description: 'A proposal: ours from the draft on, or found at the platform.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable id, `proposal_…`.' }),
    platform: t.field({ type: PlatformRef, description: 'Where it goes.', resolve: () => platform }),
    externalId: t.exposeString('externalId', {
      nullable: true,
      description: "The platform's id; null before it has it.",
    }),
    status: t.expose('status', { type: ProposalStatusRef, description: 'Where it stands.' }),
    submissionMode: t.expose('submissionMode', {
      type: SubmissionModeRef,
      nullable: true,
      description: 'Which way it was, or is to be, submitted.',
    }),
    handoffUrl: t.expose('handoffUrl', {
      type: 'URL',
      nullable: true,
      description: 'The page where a person can submit or withdraw it.',
    }),
    coverLetter: t.exposeString('coverLetter', { description: 'The text.' }),
    terms: t.field({
      type: ProposalTermsRef,
      description: 'What is offered.',
      resolve: ({ terms, netRate, connects }) => ({
        ...terms,
        ...(netRate && { netRate }),
        ...(connects !== undefined && { connects }),
      }),
    }),
    answers: t.field({
      type: [ScreeningAnswerRef],
      description: 'One answer for every question of the posting, in its order.',
      resolve: ({ answers }) => [...answers],
    }),
    contentHash: t.exposeString('contentHash', {
      description: 'SHA-256 over the final text, terms, answers and Connects.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was begun, or first found.' }),
    submittedAt: t.expose('submittedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was submitted; null before.',
    }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
    version: t.exposeInt('version', { description: 'Grows with every change; send it as `expectedVersion`.' }),
  }),
});
