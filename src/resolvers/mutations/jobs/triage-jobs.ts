import { builder } from '../../../schema/builder.ts';
import { TriageJobsInputRef } from '../../../schema/jobs/job-inputs.ts';
import { TriageJobsPayloadRef } from '../../../schema/jobs/job-payloads.ts';
import type { UserFailure } from '../../../services/failures/model.ts';
import { attempt } from '../../attempt.ts';

builder.mutationField('triageJobs', (t) =>
  t.field({
    type: TriageJobsPayloadRef,
    authScopes: { scope: 'WRITE' },
    description: 'Decides about many jobs at once; ids that belong to none are named in `errors`. Needs scope WRITE.',
    args: {
      input: t.arg({ type: TriageJobsInputRef, required: true, description: 'Which jobs, and what you decided.' }),
    },
    resolve: (_root, { input: { jobIds, triage } }, { services }) =>
      attempt(() => {
        const { jobs, missing } = services.jobs.triage(jobIds, triage);
        return { jobs, errors: missing.map((id) => notFound(id, jobIds.indexOf(id))) };
      }),
  }),
);

function notFound(id: string, index: number): UserFailure {
  return {
    type: 'NotFoundError',
    code: 'NOT_FOUND',
    message: `There is no job with the id ${id}.`,
    path: ['input', 'jobIds', String(index)],
    nodeId: id,
  };
}
