import type { Actor, ApiScope, ApiToken, Viewer } from '../../services/access/model.ts';
import { builder } from '../builder.ts';
import { describedEnum } from '../described-enum.ts';

export const ApiScopeRef = describedEnum(
  'ApiScope',
  'What a token may do. ADMIN includes all, every other scope only itself.',
  {
    READ: 'Queries and subscriptions.',
    WRITE: 'Mutations, but for those that name another scope.',
    CONNECT: 'Connecting, checking and disconnecting the platform.',
    PROPOSALS_SUBMIT: 'Submitting and withdrawing proposals, which spends Connects.',
    RAW_READ: '`Job.raw`, the posting as the platform sent it.',
    ADMIN: 'Everything, API tokens and channels included.',
  } satisfies Record<ApiScope, string>,
);

export const ActorKindRef = describedEnum('ActorKind', 'What kind of thing did something.', {
  API_TOKEN: 'A program or person with an API token.',
  DASHBOARD: 'A person in the dashboard.',
  CLI: 'A person at the command line.',
  SCHEDULER: 'Prospector itself, on schedule.',
  PLATFORM: 'The platform, by what it answered.',
} satisfies Record<Actor['kind'], string>);

export const ActorRef = builder.objectRef<Actor>('Actor').implement({
  description: 'Who did something.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ActorKindRef, description: 'What kind of thing it was.' }),
    name: t.exposeString('name', { description: 'Name of the token, or of the part of Prospector.' }),
  }),
});

export const ApiTokenRef = builder.objectRef<ApiToken>('ApiToken').implement({
  description: "One of Prospector's own API tokens, without its secret.",
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable id, `tok_…`.' }),
    name: t.exposeString('name', { description: 'What it was called when it was made.' }),
    prefix: t.exposeString('prefix', { description: 'First characters, enough to recognise it.' }),
    scopes: t.expose('scopes', { type: [ApiScopeRef], description: 'What it may do.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last used, to the minute; null when never.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ends by itself; null when never.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked; null while it has not been.',
    }),
  }),
});

export const ViewerRef = builder.objectRef<Viewer>('Viewer').implement({
  description: 'Who is asking.',
  fields: (t) => ({
    actor: t.expose('actor', { type: ActorRef, description: 'As whom deeds are written down.' }),
    scopes: t.expose('scopes', { type: [ApiScopeRef], description: 'What the caller may do.' }),
    apiToken: t.expose('apiToken', {
      type: ApiTokenRef,
      nullable: true,
      description: 'The token that was shown, or that the browser logged in with.',
    }),
  }),
});
