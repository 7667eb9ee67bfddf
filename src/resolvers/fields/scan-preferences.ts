import { builder } from '../../schema/builder.ts';
import { ScanPreferencesRef } from '../../schema/preferences/preferences.ts';
import { PurposePlanRef } from '../../schema/preferences/purpose-plan.ts';

builder.objectFields(ScanPreferencesRef, (t) => ({
  effectiveInterval: t.field({
    type: 'Duration',
    description: 'What the scheduler uses after quota and back-off.',
    resolve: (preferences, _args, { services }) => services.scanner.effectiveIntervalMs(preferences),
  }),
  estimatedRequestsPerDay: t.int({
    description: 'Requests to the platform a day of these scans takes.',
    resolve: (preferences, _args, { services }) => services.scanner.plan(preferences).requestsPerDay,
  }),
  requestPlan: t.field({
    type: [PurposePlanRef],
    description: 'How the requests of a day are shared out, by purpose.',
    resolve: (preferences, _args, { services }) => [...services.scanner.plan(preferences).byPurpose],
  }),
  expectedLatency: t.field({
    type: 'Duration',
    description: 'Median time from posting to push that this interval can give at best.',
    resolve: (preferences, _args, { services }) => services.scanner.plan(preferences).latencyMs,
  }),
}));
