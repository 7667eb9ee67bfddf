import { builder } from '../../../schema/builder.ts';
import { DeleteProposalDraftInputRef } from '../../../schema/proposals/proposal-inputs.ts';
import { DeleteProposalDraftPayloadRef } from '../../../schema/proposals/proposal-payloads.ts';
import { attempt } from '../../attempt.ts';

builder.mutationField('deleteProposalDraft', (t) =>
  t.field({
    type: DeleteProposalDraftPayloadRef,
    authScopes: { scope: 'WRITE' },
    description: 'Deletes a draft that was never sent. Needs scope WRITE.',
    args: {
      input: t.arg({ type: DeleteProposalDraftInputRef, required: true, description: 'Which draft.' }),
    },
    resolve: (_root, { input }, { services }) =>
      attempt(() => ({ deletedProposalId: services.proposals.deleteDraft(input.proposalId) })),
  }),
);
