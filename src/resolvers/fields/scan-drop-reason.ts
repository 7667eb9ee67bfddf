import { builder } from '../../schema/builder.ts';
import { JobRef } from '../../schema/job.ts';
import { ScanDropReasonRef } from '../../schema/scan-diagnosis.ts';

builder.objectField(ScanDropReasonRef, 'samples', (t) =>
  t.field({
    type: [JobRef],
    description: 'A few of the jobs it dropped.',
    resolve: ({ samples }, _args, { services }) => samples.flatMap((id) => services.jobs.byId(id) ?? []),
  }),
);
