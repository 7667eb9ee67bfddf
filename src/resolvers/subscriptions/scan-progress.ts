import { builder } from '../../schema/builder.ts';
import { PlatformRef } from '../../schema/connection/platform.ts';
import { ScanProgressEventRef } from '../../schema/scans/scan-events.ts';
import { followEvents } from '../events/follow-events.ts';

builder.subscriptionField('scanProgress', (t) =>
  t.field({
    type: ScanProgressEventRef,
    authScopes: { scope: 'READ' },
    description: 'How scans go on and end. Needs scope READ.',
    args: {
      scanId: t.arg.id({ description: 'Only this scan; all when left out.' }),
      platform: t.arg({ type: PlatformRef, description: 'Only of this platform; of all when left out.' }),
      after: t.arg.string({ description: 'First what came after this cursor, then what comes.' }),
    },
    subscribe: (_root, { scanId, after }, context) =>
      followEvents(context, {
        types: ['SCAN_PROGRESS'],
        after,
        matches: ({ subjectId }) => scanId == null || subjectId === scanId,
      }),
    resolve: (event) => event,
  }),
);
