import { builder } from '../../schema/builder.ts';
import { JobRef } from '../../schema/jobs/job.ts';
import { ProposalRef } from '../../schema/proposals/proposal.ts';

builder.objectField(JobRef, 'proposal', (t) =>
  t.field({
    type: ProposalRef,
    nullable: true,
    description: 'Your newest proposal for it.',
    resolve: ({ id }, _args, { services }) => services.proposals.ofJob(id),
  }),
);
