import { builder } from '../../schema/builder.ts';
import { CreateProposalDraftInputRef } from '../../schema/proposal-inputs.ts';
import { ProposalPayloadRef } from '../../schema/proposal-payloads.ts';
import { attempt } from '../attempt.ts';
import { toTermsPatch } from '../proposal-terms.ts';
import { withoutNull } from '../without.ts';

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
