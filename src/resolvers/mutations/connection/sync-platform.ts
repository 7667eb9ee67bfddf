import { builder } from '../../../schema/builder.ts';
import { SyncPlatformInputRef, SyncPlatformPayloadRef, syncDefaults } from '../../../schema/sync.ts';
import { attempt } from '../../attempt.ts';

builder.mutationField('syncPlatform', (t) =>
  t.field({
    type: SyncPlatformPayloadRef,
    authScopes: { scope: 'WRITE' },
    description: 'Reads proposals, contracts or the account back from the platform at once. Needs scope WRITE.',
    args: {
      input: t.arg({
        type: SyncPlatformInputRef,
        required: true,
        defaultValue: syncDefaults,
        description: 'What to read back.',
      }),
    },
    resolve: (_root, { input: { what } }, { services: { sync, connection } }) =>
      attempt(() => ({ started: sync.begin(what), platformStatus: connection.status() })),
  }),
);
