import { builder } from '../../../schema/builder.ts';
import { ResumeScanningInputRef, resumeDefaults } from '../../../schema/scans/scan-inputs.ts';
import { ScanningPayloadRef } from '../../../schema/scans/scan-payloads.ts';
import { attempt } from '../../attempt.ts';

builder.mutationField('resumeScanning', (t) =>
  t.field({
    type: ScanningPayloadRef,
    authScopes: { scope: 'WRITE' },
    description:
      'Starts the schedule again, also after a restriction of the account: the next call shows whether it still holds. Needs scope WRITE.',
    args: {
      input: t.arg({
        type: ResumeScanningInputRef,
        required: true,
        defaultValue: resumeDefaults,
        description: 'What to resume.',
      }),
    },
    resolve: (_root, _args, { services: { scanner, connection, preferences } }) =>
      attempt(() => {
        connection.liftRestriction();
        scanner.resume();
        return { platformStatus: connection.status(), scanPreferences: preferences.current() };
      }),
  }),
);
