import { builder } from '../../schema/builder.ts';
import { ScanPreferencesRef } from '../../schema/preferences/preferences.ts';

builder.objectFields(ScanPreferencesRef, (t) => ({
  effectiveInterval: t.field({
    type: 'Duration',
    description: 'What the scheduler uses after quota and back-off.',
    resolve: (_preferences, _args, { services }) => services.scanner.effectiveIntervalMs(),
  }),
  estimatedRequestsPerDay: t.int({
    description: 'Requests to the platform a day of these scans takes.',
    resolve: (_preferences, _args, { services }) => services.scanner.estimatedRequestsPerDay(),
  }),
  expectedLatency: t.field({
    type: 'Duration',
    description: 'Median time from posting to push that this interval can give at best.',
    resolve: (_preferences, _args, { services }) => services.scanner.expectedLatencyMs(),
  }),
}));
