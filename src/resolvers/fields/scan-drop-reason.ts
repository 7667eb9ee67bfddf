import { builder } from '../../schema/builder.ts';
import { JobRef } from '../../schema/jobs/job.ts';
import { ScanDropReasonRef } from '../../schema/scans/scan-diagnosis.ts';

builder.objectField(ScanDropReasonRef, 'samples', (t) =>
  t.field({
    type: [JobRef],
    description: 'A few of the jobs it dropped.',
    resolve: ({ samples }, _args, { services }) => samples.flatMap((id) => services.jobs.byId(id) ?? []),
  }),
);
