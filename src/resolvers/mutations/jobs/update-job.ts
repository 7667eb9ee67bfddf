import { builder } from '../../../schema/builder.ts';
import { UpdateJobInputRef } from '../../../schema/jobs/job-inputs.ts';
import { UpdateJobPayloadRef } from '../../../schema/jobs/job-payloads.ts';
import { attempt } from '../../attempt.ts';
import { withoutUndefined } from '../../inputs/without.ts';

builder.mutationField('updateJob', (t) =>
  t.field({
    type: UpdateJobPayloadRef,
    authScopes: { scope: 'WRITE' },
    description: 'Changes what is yours of a job: decision, notes, tags. Needs scope WRITE.',
    args: {
      input: t.arg({ type: UpdateJobInputRef, required: true, description: 'What to change.' }),
    },
    resolve: (_root, { input: { jobId, ...rest } }, { services }) =>
      attempt(() => ({ job: services.jobs.update({ jobId, ...withoutUndefined(rest) }) })),
  }),
);
