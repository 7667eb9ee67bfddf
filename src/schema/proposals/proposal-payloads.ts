import type { Proposal } from '../../services/proposals/model.ts';
import { payloadType } from '../payload.ts';
import { ProposalRef } from './proposal.ts';

export const ProposalPayloadRef = payloadType<{ readonly proposal: Proposal }>(
  'ProposalPayload',
  'The proposal after the change.',
  (t) => ({
    proposal: t.expose('proposal', { type: ProposalRef, nullable: true, description: 'The proposal.' }),
  }),
  { warns: true },
);

export const DeleteProposalDraftPayloadRef = payloadType<{ readonly deletedProposalId: string }>(
  'DeleteProposalDraftPayload',
  'The draft that is gone.',
  (t) => ({
    deletedProposalId: t.exposeID('deletedProposalId', { nullable: true, description: 'Its id.' }),
  }),
);
