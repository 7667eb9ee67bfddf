import type { Notice } from './answers.ts';
import { document } from './document.ts';
import { noticeFields, warningFields } from './fragments.ts';
import type { Contract, Proposal, ProposalPayload, ProposalStats } from './proposal-answers.ts';

/** The documents about proposals and contracts, by what the command line calls them. */

const proposalFields = `
fragment ProposalFields on Proposal {
  id externalId status submissionMode handoffUrl coverLetter contentHash createdAt submittedAt updatedAt version
  terms {
    rate { ...AmountFields } netRate { ...AmountFields } duration connects boostConnects
    milestones { title amount { ...AmountFields } dueOn }
  }
  answers { question { position text required } answer }
  blockers { __typename code message path }
  history { status occurredAt source note }
  job { id title type url contentPurged }
}
fragment AmountFields on Money { amount currency formatted }`;

const payloadFields = `
fragment ProposalPayloadFields on ProposalPayload {
  proposal { ...ProposalFields }
  warnings { ...WarningFields }
  errors { ...ErrorFields ... on CapabilityError { handoffUrl } ... on ProposalError { handoffUrl } }
}`;

const contractFields = `
fragment ContractFields on Contract {
  id externalId title status type weeklyLimit startedAt endedAt syncedAt
  rate { ...ContractAmountFields }
  earnings { funded { ...ContractAmountFields } paid { ...ContractAmountFields } remaining { ...ContractAmountFields } }
  milestones { id title amount { ...ContractAmountFields } status dueOn overdue }
}
fragment ContractAmountFields on Money { amount currency formatted }`;

const payloadFragments = [payloadFields, proposalFields, warningFields, noticeFields] as const;

export const proposals = document<
  {
    proposals: { nodes: Proposal[]; totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
    proposalStats: ProposalStats;
  },
  { filter?: { statuses?: string[] }; first: number; after?: string }
>(
  `query Proposals($filter: ProposalFilter, $first: Int!, $after: String) {
  proposals(filter: $filter, first: $first, after: $after) { nodes { ...ProposalFields } totalCount pageInfo { hasNextPage endCursor } }
  proposalStats { submitted viewed interviewed hired responseRate hireRate connectsSpent medianTimeToResponse }
}`,
  proposalFields,
);

export const proposal = document<{ proposal: Proposal | null }, { id: string }>(
  'query Proposal($id: ID!) { proposal(id: $id) { ...ProposalFields } }',
  proposalFields,
);

export const createProposalDraft = document<{ createProposalDraft: ProposalPayload }, { input: object }>(
  'mutation CreateProposalDraft($input: CreateProposalDraftInput!) { createProposalDraft(input: $input) { ...ProposalPayloadFields } }',
  ...payloadFragments,
);

export const updateProposalDraft = document<{ updateProposalDraft: ProposalPayload }, { input: object }>(
  'mutation UpdateProposalDraft($input: UpdateProposalDraftInput!) { updateProposalDraft(input: $input) { ...ProposalPayloadFields } }',
  ...payloadFragments,
);

export const deleteProposalDraft = document<
  { deleteProposalDraft: { deletedProposalId: string | null; errors: Notice[] } },
  { input: { proposalId: string } }
>(
  'mutation DeleteProposalDraft($input: DeleteProposalDraftInput!) { deleteProposalDraft(input: $input) { deletedProposalId errors { ...ErrorFields } } }',
  noticeFields,
);

export const submitProposal = document<
  { submitProposal: ProposalPayload },
  { input: { proposalId: string; contentHash: string; idempotencyKey: string } }
>(
  'mutation SubmitProposal($input: SubmitProposalInput!) { submitProposal(input: $input) { ...ProposalPayloadFields } }',
  ...payloadFragments,
);

export const markProposalSubmitted = document<
  { markProposalSubmitted: ProposalPayload },
  { input: { proposalId: string; externalId?: string } }
>(
  'mutation MarkProposalSubmitted($input: MarkProposalSubmittedInput!) { markProposalSubmitted(input: $input) { ...ProposalPayloadFields } }',
  ...payloadFragments,
);

export const withdrawProposal = document<{ withdrawProposal: ProposalPayload }, { input: { proposalId: string } }>(
  'mutation WithdrawProposal($input: WithdrawProposalInput!) { withdrawProposal(input: $input) { ...ProposalPayloadFields } }',
  ...payloadFragments,
);

export const syncPlatform = document<
  { syncPlatform: { started: string[]; platformStatus: { lastSyncAt: string | null } | null; errors: Notice[] } },
  { input: { what: string[] } }
>(
  'mutation SyncPlatform($input: SyncPlatformInput!) { syncPlatform(input: $input) { started platformStatus { lastSyncAt } errors { ...ErrorFields } } }',
  noticeFields,
);

export const lastSync = document<{ platformStatus: { lastSyncAt: string | null } }>(
  'query LastSync { platformStatus { lastSyncAt } }',
);

export const contracts = document<
  {
    contracts: { nodes: Contract[]; totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  },
  { filter?: { statuses?: string[] }; first: number; after?: string }
>(
  `query Contracts($filter: ContractFilter, $first: Int!, $after: String) {
  contracts(filter: $filter, first: $first, after: $after) { nodes { ...ContractFields } totalCount pageInfo { hasNextPage endCursor } }
}`,
  contractFields,
);
