import { builder } from '../../../schema/builder.ts';
import { JobRef } from '../../../schema/jobs/job.ts';

builder.queryField('job', (t) =>
  t.field({
    type: JobRef,
    nullable: true,
    authScopes: { scope: 'READ' },
    description: 'A job; null when there is none with this id. Needs scope READ.',
    args: { id: t.arg.id({ required: true, description: 'Id of the job.' }) },
    resolve: (_root, { id }, { services }) => services.jobs.byId(id),
  }),
);
