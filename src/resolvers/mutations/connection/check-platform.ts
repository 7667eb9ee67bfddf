import { builder } from '../../../schema/builder.ts';
import { CheckPlatformInputRef, checkDefaults } from '../../../schema/connection/connection-inputs.ts';
import { CheckPlatformPayloadRef } from '../../../schema/connection/connection-payloads.ts';
import { attempt } from '../../attempt.ts';

builder.mutationField('checkPlatform', (t) =>
  t.field({
    type: CheckPlatformPayloadRef,
    authScopes: { scope: 'CONNECT' },
    description: 'Makes one cheap live call and updates the status. Needs scope CONNECT.',
    args: {
      input: t.arg({
        type: CheckPlatformInputRef,
        required: true,
        defaultValue: checkDefaults,
        description: 'What to check.',
      }),
    },
    resolve: async (_root, _args, { services: { connection } }) => ({
      ...(await attempt(() => connection.check())),
      platformStatus: connection.status(),
    }),
  }),
);
