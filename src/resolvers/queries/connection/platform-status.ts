import { builder } from '../../../schema/builder.ts';
import { PlatformRef, platform } from '../../../schema/connection/platform.ts';
import { PlatformStatusRef } from '../../../schema/connection/platform-status.ts';

builder.queryField('platformStatus', (t) =>
  t.field({
    type: PlatformStatusRef,
    authScopes: { scope: 'READ' },
    description: 'How the connection to a platform is, and what to do about it. Needs scope READ.',
    args: {
      platform: t.arg({ type: PlatformRef, required: true, defaultValue: platform, description: 'Which platform.' }),
    },
    resolve: (_root, _args, { services }) => services.connection.status(),
  }),
);
