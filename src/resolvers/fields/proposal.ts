import { builder } from '../../schema/builder.ts';
import { ContractRef } from '../../schema/contracts/contract.ts';
import { JobRef } from '../../schema/jobs/job.ts';
import { ProposalEventRef, ProposalRef } from '../../schema/proposals/proposal.ts';
import { UserErrorRef } from '../../schema/user-error.ts';
import { jobOf } from '../job-of.ts';

builder.objectFields(ProposalRef, (t) => ({
  job: t.field({
    type: JobRef,
    description: 'The job it is for.',
    resolve: ({ jobId }, _args, { services }) => jobOf(services.jobs, jobId),
  }),
  blockers: t.field({
    type: [UserErrorRef],
    description: 'What would stop it being submitted now.',
    resolve: (proposal, _args, { services }) => [...services.proposals.blockers(proposal)],
  }),
  history: t.field({
    type: [ProposalEventRef],
    description: 'How it came to stand where it stands, oldest first.',
    resolve: ({ id }, _args, { services }) => [...services.proposals.history(id)],
  }),
  contract: t.field({
    type: ContractRef,
    nullable: true,
    description: 'The contract that came of it.',
    resolve: ({ id }, _args, { services }) => services.contracts.ofProposal(id),
  }),
}));
