import { builder } from '../../schema/builder.ts';
import { JobConnectionRef } from '../../schema/jobs/job-page.ts';
import { ScanRef } from '../../schema/scans/scan.ts';
import { ScanDiagnosisRef } from '../../schema/scans/scan-diagnosis.ts';
import { withoutNull } from '../inputs/without.ts';
import { scanJobPage } from '../scan-job-page.ts';

builder.objectFields(ScanRef, (t) => ({
  diagnosis: t.field({
    type: ScanDiagnosisRef,
    nullable: true,
    description: 'Why it found what it found; most useful when it found nothing.',
    resolve: (scan, _args, { services }) => services.scanner.diagnosis(scan.id),
  }),
  jobs: t.field({
    type: JobConnectionRef,
    description: 'Jobs that were new in it.',
    args: {
      first: t.arg.int({ defaultValue: 25, description: 'How many, at most 100.' }),
      after: t.arg.string({ description: 'Only what comes after this cursor.' }),
    },
    resolve: (scan, page, { services }) => scanJobPage(services, scan, withoutNull(page)),
  }),
}));
