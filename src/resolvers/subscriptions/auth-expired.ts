import { builder } from '../../schema/builder.ts';
import { AuthExpiredEventRef } from '../../schema/connection/connection-events.ts';
import { PlatformRef } from '../../schema/connection/platform.ts';
import { followEvents } from '../events/follow-events.ts';

builder.subscriptionField('authExpired', (t) =>
  t.field({
    type: AuthExpiredEventRef,
    authScopes: { scope: 'READ' },
    description: 'The authorization has died; said once each time. Needs scope READ.',
    args: {
      platform: t.arg({ type: PlatformRef, description: 'Only of this platform; of all when left out.' }),
      after: t.arg.string({ description: 'First what came after this cursor, then what comes.' }),
    },
    subscribe: (_root, { after }, context) => followEvents(context, { types: ['AUTH_EXPIRED'], after }),
    resolve: (event) => event,
  }),
);
