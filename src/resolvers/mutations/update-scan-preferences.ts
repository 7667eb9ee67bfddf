import { builder } from '../../schema/builder.ts';
import { UpdateScanPreferencesInputRef } from '../../schema/preferences.ts';
import { UpdateScanPreferencesPayloadRef } from '../../schema/scan-payloads.ts';
import { attempt } from '../attempt.ts';
import { toCriteriaPatch } from '../criteria.ts';
import { withoutNull, withoutUndefined } from '../without.ts';

builder.mutationField('updateScanPreferences', (t) =>
  t.field({
    type: UpdateScanPreferencesPayloadRef,
    authScopes: { scope: 'WRITE' },
    description: 'Changes what and how often to scan, here and in the YAML file. Needs scope WRITE.',
    args: {
      input: t.arg({ type: UpdateScanPreferencesInputRef, required: true, description: 'What to change.' }),
    },
    resolve: (_root, { input }, { services: { preferences, jobs } }) =>
      attempt(() => {
        const { platform: _platform, expectedVersion, dryRun, interval, criteria, scoreWeights, ...rest } = input;
        const scanPreferences = preferences.update(
          withoutUndefined({
            ...rest,
            intervalMs: interval,
            criteria: criteria && toCriteriaPatch(criteria),
            scoreWeights: scoreWeights && withoutNull(scoreWeights),
          }),
          { ...withoutNull({ expectedVersion }), dryRun },
        );
        return {
          scanPreferences,
          matching: jobs.countMatching(scanPreferences.criteria),
          warnings: scanPreferences.warnings,
        };
      }),
  }),
);
