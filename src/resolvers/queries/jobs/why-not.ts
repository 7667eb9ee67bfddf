import { builder } from '../../../schema/builder.ts';
import { ScanDiagnosisRef } from '../../../schema/scans/scan-diagnosis.ts';

builder.queryField('whyNot', (t) =>
  t.field({
    type: ScanDiagnosisRef,
    authScopes: { scope: 'READ' },
    description:
      'Why this posting did or did not match: each criterion by itself, what was asked for, what the job has, and the smallest changes that would let it pass. Needs scope READ.',
    args: {
      jobId: t.arg.id({ required: true, description: 'Id of the job.' }),
      savedSearchId: t.arg.id({ description: 'Held against this saved search; left out: the scan preferences.' }),
    },
    resolve: (_root, { jobId, savedSearchId }, { services }) =>
      services.preview.whyNot(jobId, savedSearchId ?? undefined),
  }),
);
