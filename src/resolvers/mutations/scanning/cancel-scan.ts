import { builder } from '../../../schema/builder.ts';
import { CancelScanInputRef } from '../../../schema/scans/scan-inputs.ts';
import { CancelScanPayloadRef } from '../../../schema/scans/scan-payloads.ts';
import { attempt } from '../../attempt.ts';

builder.mutationField('cancelScan', (t) =>
  t.field({
    type: CancelScanPayloadRef,
    authScopes: { scope: 'WRITE' },
    description: 'Asks a running scan to stop; what it has stored stays. Needs scope WRITE.',
    args: {
      input: t.arg({ type: CancelScanInputRef, required: true, description: 'Which scan.' }),
    },
    resolve: (_root, { input }, { services }) =>
      attempt(async () => ({ scan: await services.scanner.cancel(input.scanId) })),
  }),
);
