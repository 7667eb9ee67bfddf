import { builder } from '../../../schema/builder.ts';
import { SubmitProposalInputRef } from '../../../schema/proposals/proposal-inputs.ts';
import { ProposalPayloadRef } from '../../../schema/proposals/proposal-payloads.ts';
import { attempt } from '../../attempt.ts';

builder.mutationField('submitProposal', (t) =>
  t.field({
    type: ProposalPayloadRef,
    authScopes: { scope: 'PROPOSALS_SUBMIT' },
    description:
      'Sends what a person has read and confirmed, once, and spends Connects; where the key may not, hands it over to the person. Needs scope PROPOSALS_SUBMIT.',
    args: {
      input: t.arg({ type: SubmitProposalInputRef, required: true, description: 'What was confirmed.' }),
    },
    resolve: (_root, { input }, { services }) => attempt(() => services.proposals.submit(input)),
  }),
);
