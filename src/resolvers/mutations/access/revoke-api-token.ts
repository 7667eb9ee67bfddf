import { RevokeApiTokenInputRef, RevokeApiTokenPayloadRef } from '../../../schema/access/access-payloads.ts';
import { builder } from '../../../schema/builder.ts';
import { ownerTokenId } from '../../../services/access/model.ts';
import { DomainError, type UserFailure } from '../../../services/failures/model.ts';
import { attempt } from '../../attempt.ts';

const ownersToken: UserFailure = {
  type: 'ConflictError',
  code: 'CONFLICT',
  message:
    "This is the owner's token; without it nobody could get in. To replace it, stop Prospector, delete the file `owner-token` in PROSPECTOR_HOME (or change PROSPECTOR_TOKEN), and start it again: a new one is made and the old one is no longer taken.",
  path: ['input', 'apiTokenId'],
};

builder.mutationField('revokeApiToken', (t) =>
  t.field({
    type: RevokeApiTokenPayloadRef,
    authScopes: { scope: 'ADMIN' },
    description:
      "Ends an API token and everything logged in with it, subscriptions included; the owner's own is refused. Needs scope ADMIN.",
    args: {
      input: t.arg({ type: RevokeApiTokenInputRef, required: true, description: 'Which token.' }),
    },
    resolve: (_root, { input: { apiTokenId } }, { services }) =>
      attempt(() => {
        if (apiTokenId === ownerTokenId) throw new DomainError(ownersToken);
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
