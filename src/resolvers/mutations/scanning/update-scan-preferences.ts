import { builder } from '../../../schema/builder.ts';
import { UpdateScanPreferencesInputRef } from '../../../schema/preferences/preferences.ts';
import { UpdateScanPreferencesPayloadRef } from '../../../schema/scans/scan-payloads.ts';
import { attempt } from '../../attempt.ts';
import { toCriteriaPatch } from '../../inputs/criteria.ts';
import { withoutNull, withoutUndefined } from '../../inputs/without.ts';

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
