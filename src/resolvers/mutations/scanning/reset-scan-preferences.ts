import { builder } from '../../../schema/builder.ts';
import { ResetScanPreferencesInputRef, resetDefaults } from '../../../schema/preferences/preferences.ts';
import { UpdateScanPreferencesPayloadRef } from '../../../schema/scans/scan-payloads.ts';
import { attempt } from '../../attempt.ts';

builder.mutationField('resetScanPreferences', (t) =>
  t.field({
    type: UpdateScanPreferencesPayloadRef,
    authScopes: { scope: 'WRITE' },
    description: 'Puts every preference back to its default. Needs scope WRITE.',
    args: {
      input: t.arg({
        type: ResetScanPreferencesInputRef,
        required: true,
        defaultValue: resetDefaults,
        description: 'Whose preferences.',
      }),
    },
    resolve: (_root, _args, { services: { preferences, jobs } }) =>
      attempt(() => {
        const scanPreferences = preferences.reset();
        return {
          scanPreferences,
          matching: jobs.countMatching(scanPreferences.criteria),
          warnings: scanPreferences.warnings,
        };
      }),
  }),
);
