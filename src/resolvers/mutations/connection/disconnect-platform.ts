import { builder } from '../../../schema/builder.ts';
import { DisconnectPlatformInputRef, disconnectDefaults } from '../../../schema/connection/connection-inputs.ts';
import { DisconnectPlatformPayloadRef } from '../../../schema/connection/connection-payloads.ts';
import { attempt } from '../../attempt.ts';

builder.mutationField('disconnectPlatform', (t) =>
  t.field({
    type: DisconnectPlatformPayloadRef,
    authScopes: { scope: 'CONNECT' },
    description: 'Forgets the tokens, also when the platform cannot be asked to revoke them. Needs scope CONNECT.',
    args: {
      input: t.arg({
        type: DisconnectPlatformInputRef,
        required: true,
        defaultValue: disconnectDefaults,
        description: 'What to forget.',
      }),
    },
    resolve: (_root, { input: { revoke, purgeData } }, { services: { connection } }) =>
      attempt(async () => ({
        ...(await connection.disconnect({ revoke, purgeData })),
        platformStatus: connection.status(),
      })),
  }),
);
