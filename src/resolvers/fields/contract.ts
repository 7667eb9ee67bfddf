import { builder } from '../../schema/builder.ts';
import { ContractRef } from '../../schema/contracts/contract.ts';
import { JobRef } from '../../schema/jobs/job.ts';
import { ProposalRef } from '../../schema/proposals/proposal.ts';

builder.objectFields(ContractRef, (t) => ({
  job: t.field({
    type: JobRef,
    nullable: true,
    description: 'The job it came from, where that is known.',
    resolve: ({ jobId }, _args, { services }) => (jobId === undefined ? null : services.jobs.byId(jobId)),
  }),
  proposal: t.field({
    type: ProposalRef,
    nullable: true,
    description: 'The proposal that led to it, where that is known.',
    resolve: ({ proposalId }, _args, { services }) =>
      proposalId === undefined ? null : services.proposals.byId(proposalId),
  }),
}));
