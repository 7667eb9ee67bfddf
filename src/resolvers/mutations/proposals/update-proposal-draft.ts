import { builder } from '../../../schema/builder.ts';
import { UpdateProposalDraftInputRef } from '../../../schema/proposals/proposal-inputs.ts';
import { ProposalPayloadRef } from '../../../schema/proposals/proposal-payloads.ts';
import { attempt } from '../../attempt.ts';
import { toTermsPatch } from '../../inputs/proposal-terms.ts';
import { withoutNull } from '../../inputs/without.ts';

builder.mutationField('updateProposalDraft', (t) =>
  t.field({
    type: ProposalPayloadRef,
    authScopes: { scope: 'WRITE' },
    description: 'Changes a draft, which voids an earlier confirmation. Nothing is sent. Needs scope WRITE.',
    args: {
      input: t.arg({ type: UpdateProposalDraftInputRef, required: true, description: 'What to change.' }),
    },
    resolve: (_root, { input: { proposalId, terms, coverLetter, ...rest } }, { services }) =>
      attempt(() =>
        services.proposals.updateDraft({
          proposalId,
          ...withoutNull(rest),
          ...(coverLetter !== undefined && { coverLetter: coverLetter ?? '' }),
          ...(terms !== undefined && { terms: toTermsPatch(terms) }),
        }),
      ),
  }),
);
