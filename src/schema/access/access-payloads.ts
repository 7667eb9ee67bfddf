import type { ApiToken } from '../../services/access/model.ts';
import { builder } from '../builder.ts';
import { payloadType } from '../payload.ts';
import { ApiScopeRef, ApiTokenRef } from './access.ts';

export const CreateApiTokenInputRef = builder.inputType('CreateApiTokenInput', {
  description: 'What the token is to be.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What to call it, 1 to 100 characters.' }),
    scopes: t.field({ type: [ApiScopeRef], required: true, description: 'What it may do; at least one.' }),
    expiresIn: t.field({ type: 'Duration', description: 'After how long it ends by itself; never when left out.' }),
  }),
});

export const CreateApiTokenPayloadRef = payloadType<{ readonly apiToken: ApiToken; readonly secret: string }>(
  'CreateApiTokenPayload',
  '`secret` is shown once.',
  (t) => ({
    apiToken: t.expose('apiToken', {
      type: ApiTokenRef,
      nullable: true,
      description: 'The token, without its secret.',
    }),
    secret: t.exposeString('secret', { nullable: true, description: 'The token itself, `prs_…`. Shown once.' }),
  }),
);

export const RevokeApiTokenInputRef = builder.inputType('RevokeApiTokenInput', {
  description: 'Which token to revoke.',
  fields: (t) => ({ apiTokenId: t.id({ required: true, description: 'Id of the token.' }) }),
});

export const RevokeApiTokenPayloadRef = payloadType<{ readonly apiToken: ApiToken }>(
  'RevokeApiTokenPayload',
  'The token that was revoked.',
  (t) => ({
    apiToken: t.expose('apiToken', { type: ApiTokenRef, nullable: true, description: 'The token.' }),
  }),
);

/** A link that logs one browser in. */
export interface LoginLink {
  readonly url: string;
  readonly expiresAt: Date;
}

export const CreateLoginLinkPayloadRef = builder.objectRef<LoginLink>('CreateLoginLinkPayload').implement({
  description: 'A link that logs one browser in, once.',
  fields: (t) => ({
    url: t.expose('url', { type: 'URL', description: 'The link. Whoever opens it first is logged in.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it works.' }),
  }),
});
