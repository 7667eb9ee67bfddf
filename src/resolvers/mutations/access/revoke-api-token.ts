import { RevokeApiTokenInputRef, RevokeApiTokenPayloadRef } from '../../../schema/access/access-payloads.ts';
import { builder } from '../../../schema/builder.ts';
import { DomainError } from '../../../services/failures/model.ts';
import { attempt } from '../../attempt.ts';

builder.mutationField('revokeApiToken', (t) =>
  t.field({
    type: RevokeApiTokenPayloadRef,
    authScopes: { scope: 'ADMIN' },
    description: 'Ends an API token and everything logged in with it, subscriptions included. Needs scope ADMIN.',
    args: {
      input: t.arg({ type: RevokeApiTokenInputRef, required: true, description: 'Which token.' }),
    },
    resolve: (_root, { input: { apiTokenId } }, { services }) =>
      attempt(() => {
        const apiToken = services.access.revokeToken(apiTokenId);
        if (apiToken) return { apiToken };
        throw new DomainError({
          type: 'NotFoundError',
          code: 'NOT_FOUND',
          message: `There is no API token with the id ${apiTokenId}. \`apiTokens\` lists them.`,
          path: ['input', 'apiTokenId'],
          nodeId: apiTokenId,
        });
      }),
  }),
);
