import { CreateLoginLinkPayloadRef } from '../../../schema/access/access-payloads.ts';
import { builder } from '../../../schema/builder.ts';
import { viewerOf } from '../../viewer-of.ts';

builder.mutationField('createLoginLink', (t) =>
  t.field({
    type: CreateLoginLinkPayloadRef,
    authScopes: { token: true },
    description:
      'Makes a link that logs one browser in, with what your token may do. Needs any valid token, whatever its scopes.',
    resolve: (_root, _args, context) => {
      const { code, expiresAt } = context.services.access.createLoginLink(viewerOf(context));
      return { url: `${context.publicUrl}/login#${code}`, expiresAt };
    },
  }),
);
