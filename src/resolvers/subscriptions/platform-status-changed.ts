import { builder } from '../../schema/builder.ts';
import { PlatformStatusChangedEventRef } from '../../schema/connection/connection-events.ts';
import { PlatformRef } from '../../schema/connection/platform.ts';
import { followEvents } from '../events/follow-events.ts';

builder.subscriptionField('platformStatusChanged', (t) =>
  t.field({
    type: PlatformStatusChangedEventRef,
    authScopes: { scope: 'READ' },
    description: 'Changes of `PlatformStatus.status`. Needs scope READ.',
    args: {
      platform: t.arg({ type: PlatformRef, description: 'Only of this platform; of all when left out.' }),
      after: t.arg.string({ description: 'First what came after this cursor, then what comes.' }),
    },
    subscribe: (_root, { after }, context) => followEvents(context, { types: ['PLATFORM_STATUS_CHANGED'], after }),
    resolve: (event) => event,
  }),
);
