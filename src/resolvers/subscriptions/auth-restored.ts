import { builder } from '../../schema/builder.ts';
import { AuthRestoredEventRef } from '../../schema/connection/connection-events.ts';
import { PlatformRef } from '../../schema/connection/platform.ts';
import { followEvents } from '../events/follow-events.ts';

builder.subscriptionField('authRestored', (t) =>
  t.field({
    type: AuthRestoredEventRef,
    authScopes: { scope: 'READ' },
    description: 'The connection works again. Needs scope READ.',
    args: {
      platform: t.arg({ type: PlatformRef, description: 'Only of this platform; of all when left out.' }),
      after: t.arg.string({ description: 'First what came after this cursor, then what comes.' }),
    },
    subscribe: (_root, { after }, context) => followEvents(context, { types: ['AUTH_RESTORED'], after }),
    resolve: (event) => event,
  }),
);
