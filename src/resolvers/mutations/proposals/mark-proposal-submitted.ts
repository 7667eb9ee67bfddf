import { builder } from '../../../schema/builder.ts';
import { MarkProposalSubmittedInputRef } from '../../../schema/proposals/proposal-inputs.ts';
import { ProposalPayloadRef } from '../../../schema/proposals/proposal-payloads.ts';
import { attempt } from '../../attempt.ts';
import { withoutNull } from '../../inputs/without.ts';

builder.mutationField('markProposalSubmitted', (t) =>
  t.field({
    type: ProposalPayloadRef,
    authScopes: { scope: 'PROPOSALS_SUBMIT' },
    description: 'Notes that you submitted it on the platform yourself. Needs scope PROPOSALS_SUBMIT.',
    args: {
      input: t.arg({ type: MarkProposalSubmittedInputRef, required: true, description: 'What you did.' }),
    },
    resolve: (_root, { input: { proposalId, ...rest } }, { services }) =>
      attempt(() => services.proposals.markSubmitted({ proposalId, ...withoutNull(rest) })),
  }),
);
