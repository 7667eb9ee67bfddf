import { builder } from '../../../schema/builder.ts';
import { PlatformStatusRef } from '../../../schema/connection/platform-status.ts';

builder.queryField('platformStatuses', (t) =>
  t.field({
    type: [PlatformStatusRef],
    authScopes: { scope: 'READ' },
    description: 'How the connection to every platform is. Needs scope READ.',
    resolve: (_root, _args, { services }) => [services.connection.status()],
  }),
);
