import { ApiTokenRef } from '../../../schema/access/access.ts';
import { builder } from '../../../schema/builder.ts';

builder.queryField('apiTokens', (t) =>
  t.field({
    type: [ApiTokenRef],
    nullable: true,
    authScopes: { scope: 'ADMIN' },
    description: "Prospector's own API tokens, oldest first. Needs scope ADMIN.",
    args: {
      includeRevoked: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: 'Also those that were revoked or have ended.',
      }),
    },
    resolve: (_root, { includeRevoked }, { services }) => services.access.tokens(includeRevoked),
  }),
);
