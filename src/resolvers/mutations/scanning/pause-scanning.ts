import { z } from 'zod';
import { builder } from '../../../schema/builder.ts';
import { PauseScanningInputRef, pauseDefaults } from '../../../schema/scans/scan-inputs.ts';
import { ScanningPayloadRef } from '../../../schema/scans/scan-payloads.ts';
import { attempt } from '../../attempt.ts';
import { checkInput } from '../../inputs/check-input.ts';
import { viewerOf } from '../../viewer-of.ts';

const rules = z.object({
  reason: z
    .string()
    .trim()
    .min(1, 'Say why, in a word at least, or leave `reason` out.')
    .max(500, 'A reason has at most 500 characters.'),
});

builder.mutationField('pauseScanning', (t) =>
  t.field({
    type: ScanningPayloadRef,
    authScopes: { scope: 'WRITE' },
    description: 'Stops the schedule until `resumeScanning`, also over restarts. Needs scope WRITE.',
    args: {
      input: t.arg({
        type: PauseScanningInputRef,
        required: true,
        defaultValue: pauseDefaults,
        description: 'What to pause, and why.',
      }),
    },
    resolve: (_root, { input }, context) =>
      attempt(() => {
        const { scanner, connection, preferences } = context.services;
        scanner.pause(checkInput(rules, input).reason, viewerOf(context).actor);
        return { platformStatus: connection.status(), scanPreferences: preferences.current() };
      }),
  }),
);
