import { builder } from '../../../schema/builder.ts';
import { RunScanInputRef, runDefaults } from '../../../schema/scans/scan-inputs.ts';
import { RunScanPayloadRef } from '../../../schema/scans/scan-payloads.ts';
import { attempt } from '../../attempt.ts';
import { toCriteria } from '../../inputs/criteria.ts';
import { withoutNull } from '../../inputs/without.ts';

builder.mutationField('runScan', (t) =>
  t.field({
    type: RunScanPayloadRef,
    authScopes: { scope: 'WRITE' },
    description: 'Scans at once instead of waiting for the schedule, or joins the scan that runs. Needs scope WRITE.',
    args: {
      input: t.arg({
        type: RunScanInputRef,
        required: true,
        defaultValue: runDefaults,
        description: 'What to scan for.',
      }),
    },
    resolve: (_root, { input: { dryRun, criteria, idempotencyKey } }, { services }) =>
      attempt(() =>
        services.scanner.run({
          ...withoutNull({ criteria: criteria && toCriteria(criteria), idempotencyKey }),
          trigger: 'MANUAL',
          dryRun,
        }),
      ),
  }),
);
