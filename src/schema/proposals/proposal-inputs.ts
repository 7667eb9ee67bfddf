import { builder } from '../builder.ts';
import { EngagementDurationRef } from '../criteria/criteria-enums.ts';

const ProposedMilestoneInputRef = builder.inputType('ProposedMilestoneInput', {
  description: 'A part of a fixed-price bid.',
  fields: (t) => ({
    title: t.string({ required: true, description: 'What is delivered.' }),
    amount: t.field({ type: 'Decimal', required: true, description: 'What it costs, in the currency of the terms.' }),
    dueOn: t.field({ type: 'Date', description: 'When it is due.' }),
  }),
});

const ProposalTermsInputRef = builder.inputType('ProposalTermsInput', {
  description: 'What is offered. Fields left out are unchanged; `null` clears.',
  fields: (t) => ({
    rate: t.field({ type: 'Decimal', description: 'What an hour costs, or the whole of a fixed price.' }),
    currency: t.field({ type: 'CurrencyCode', description: 'What it is counted in; that of the job when left out.' }),
    duration: t.field({ type: EngagementDurationRef, description: 'How long it takes.' }),
    boostConnects: t.int({ description: 'Connects added for a better place.' }),
    milestones: t.field({ type: [ProposedMilestoneInputRef], description: 'The parts of a fixed price, all of them.' }),
  }),
});

const ScreeningAnswerInputRef = builder.inputType('ScreeningAnswerInput', {
  description: 'An answer to a screening question.',
  fields: (t) => ({
    position: t.int({ required: true, description: 'Which question, from 1.' }),
    answer: t.string({ required: true, description: 'The answer.' }),
  }),
});

/** The terms as they arrive. */
export type TermsInput = typeof ProposalTermsInputRef.$inferInput;

export const CreateProposalDraftInputRef = builder.inputType('CreateProposalDraftInput', {
  description: 'What the draft begins with.',
  fields: (t) => ({
    jobId: t.id({ required: true, description: 'For which job.' }),
    template: t.string({
      description: 'Name of a template in the home; renders the cover letter where `coverLetter` is empty.',
    }),
    coverLetter: t.string({ required: true, defaultValue: '', description: 'The text.' }),
    terms: t.field({ type: ProposalTermsInputRef, description: 'What is offered.' }),
    answers: t.field({ type: [ScreeningAnswerInputRef], description: 'Answers to the screening questions.' }),
    idempotencyKey: t.string({ description: 'The same key and input give the same draft, however often it is sent.' }),
  }),
});

export const UpdateProposalDraftInputRef = builder.inputType('UpdateProposalDraftInput', {
  description: 'What to change of a draft. Fields left out are unchanged; `null` clears.',
  fields: (t) => ({
    proposalId: t.id({ required: true, description: 'Which draft.' }),
    coverLetter: t.string({ description: 'The text.' }),
    terms: t.field({ type: ProposalTermsInputRef, description: 'What is offered.' }),
    answers: t.field({ type: [ScreeningAnswerInputRef], description: 'Answers that change, by position.' }),
    expectedVersion: t.int({ description: 'Change only if this is still the version; else `ConflictError`.' }),
  }),
});

export const SubmitProposalInputRef = builder.inputType('SubmitProposalInput', {
  description:
    'Spends Connects. A person confirms exactly what is sent: `contentHash` is `Proposal.contentHash` of the version they read, so any later edit voids the confirmation.',
  fields: (t) => ({
    proposalId: t.id({ required: true, description: 'Which proposal.' }),
    contentHash: t.string({ required: true, description: '`Proposal.contentHash` of what was read.' }),
    idempotencyKey: t.string({ required: true, description: 'A repeated key never submits twice.' }),
  }),
});

export const MarkProposalSubmittedInputRef = builder.inputType('MarkProposalSubmittedInput', {
  description: 'What you did on the platform yourself.',
  fields: (t) => ({
    proposalId: t.id({ required: true, description: 'Which proposal.' }),
    externalId: t.string({ description: "The platform's id of it, where you know it." }),
    submittedAt: t.field({ type: 'DateTime', description: 'When you did it; now when left out.' }),
  }),
});

export const WithdrawProposalInputRef = builder.inputType('WithdrawProposalInput', {
  description: 'What to take back.',
  fields: (t) => ({
    proposalId: t.id({ required: true, description: 'Which proposal.' }),
    reason: t.string({ description: 'Why, for your own history.' }),
  }),
});

export const DeleteProposalDraftInputRef = builder.inputType('DeleteProposalDraftInput', {
  description: 'Which draft to delete.',
  fields: (t) => ({ proposalId: t.id({ required: true, description: 'Id of the draft.' }) }),
});
