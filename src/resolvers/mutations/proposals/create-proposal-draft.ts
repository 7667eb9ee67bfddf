import { builder } from '../../../schema/builder.ts';
import { CreateProposalDraftInputRef } from '../../../schema/proposals/proposal-inputs.ts';
import { ProposalPayloadRef } from '../../../schema/proposals/proposal-payloads.ts';
import { attempt } from '../../attempt.ts';
import { toTermsPatch } from '../../inputs/proposal-terms.ts';
import { withoutNull } from '../../inputs/without.ts';

builder.mutationField('createProposalDraft', (t) =>
  t.field({
    type: ProposalPayloadRef,
    authScopes: { scope: 'WRITE' },
    description: 'Begins a proposal. Nothing is sent. Needs scope WRITE.',
    args: {
      input: t.arg({ type: CreateProposalDraftInputRef, required: true, description: 'What the draft begins with.' }),
    },
    resolve: (_root, { input: { terms, ...rest } }, { services }) =>
      attempt(() =>
        services.proposals.createDraft({
          ...withoutNull(rest),
          jobId: rest.jobId,
          coverLetter: rest.coverLetter,
          ...(terms && { terms: toTermsPatch(terms) }),
        }),
      ),
  }),
);
