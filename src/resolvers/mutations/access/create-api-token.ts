import { z } from 'zod';
import { CreateApiTokenInputRef, CreateApiTokenPayloadRef } from '../../../schema/access/access-payloads.ts';
import { builder } from '../../../schema/builder.ts';
import { apiScopes } from '../../../services/access/model.ts';
import { attempt } from '../../attempt.ts';
import { checkInput } from '../../inputs/check-input.ts';
import { withoutNull } from '../../inputs/without.ts';

const rules = z.object({
  name: z.string().trim().min(1, 'Give the token a name.').max(100, 'A name has at most 100 characters.'),
  scopes: z
    .array(z.enum(apiScopes))
    .min(1, 'Give the token at least one scope.')
    .transform((scopes) => [...new Set(scopes)]),
  expiresIn: z
    .number()
    .min(60_000, 'A token lives a minute at least.')
    .max(3_650 * 86_400_000, 'A token lives 3650 days at most. Leave `expiresIn` out for one without end.')
    .optional(),
});

builder.mutationField('createApiToken', (t) =>
  t.field({
    type: CreateApiTokenPayloadRef,
    authScopes: { scope: 'ADMIN' },
    description: 'Makes an API token. Its secret is shown once. Needs scope ADMIN.',
    args: {
      input: t.arg({ type: CreateApiTokenInputRef, required: true, description: 'What the token is to be.' }),
    },
    resolve: (_root, { input }, { services }) =>
      attempt(() => {
        const { name, scopes, expiresIn } = checkInput(rules, withoutNull(input));
        return services.access.createToken({ name, scopes, ...withoutNull({ expiresInMs: expiresIn }) });
      }),
  }),
);
