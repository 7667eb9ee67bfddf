import { builder } from '../../../schema/builder.ts';
import { PlatformRef, platform } from '../../../schema/connection/platform.ts';
import { ScanDiagnosisRef } from '../../../schema/scans/scan-diagnosis.ts';

builder.queryField('scanDiagnosis', (t) =>
  t.field({
    type: ScanDiagnosisRef,
    authScopes: { scope: 'READ' },
    description: 'Explains the last scan, or what the next would do. Needs scope READ.',
    args: {
      platform: t.arg({ type: PlatformRef, required: true, defaultValue: platform, description: 'Which platform.' }),
    },
    resolve: (_root, _args, { services }) => services.scanner.latestDiagnosis(),
  }),
);
