import type { Job } from '../../services/jobs/model.ts';
import { payloadType } from '../payload.ts';
import { JobRef } from './job.ts';

export const UpdateJobPayloadRef = payloadType<{ readonly job: Job }>(
  'UpdateJobPayload',
  'The job after the change.',
  (t) => ({
    job: t.expose('job', { type: JobRef, nullable: true, description: 'The job.' }),
  }),
);

export const TriageJobsPayloadRef = payloadType<{ readonly jobs: readonly Job[] }>(
  'TriageJobsPayload',
  'The jobs that were decided about.',
  (t) => ({
    jobs: t.field({
      type: [JobRef],
      description: 'Those that were found, as they are now.',
      resolve: ({ jobs }) => [...(jobs ?? [])],
    }),
  }),
);
