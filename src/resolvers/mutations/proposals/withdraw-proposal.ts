import { builder } from '../../../schema/builder.ts';
import { WithdrawProposalInputRef } from '../../../schema/proposals/proposal-inputs.ts';
import { ProposalPayloadRef } from '../../../schema/proposals/proposal-payloads.ts';
import { attempt } from '../../attempt.ts';
import { withoutNull } from '../../inputs/without.ts';

builder.mutationField('withdrawProposal', (t) =>
  t.field({
    type: ProposalPayloadRef,
    authScopes: { scope: 'PROPOSALS_SUBMIT' },
    description: 'Takes a proposal back, or says where a person can. Needs scope PROPOSALS_SUBMIT.',
    args: {
      input: t.arg({ type: WithdrawProposalInputRef, required: true, description: 'What to take back.' }),
    },
    resolve: (_root, { input: { proposalId, ...rest } }, { services }) =>
      attempt(() => services.proposals.withdraw({ proposalId, ...withoutNull(rest) })),
  }),
);
