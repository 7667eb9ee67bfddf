import type { ConnectionStatus, PlatformCapability } from '../services/connection/model.ts';
import type { UserFailure } from '../services/failures/model.ts';
import { builder } from './builder.ts';
import { ConnectionStatusRef, PlatformCapabilityRef } from './connection/connection-enums.ts';
import { PlatformRef, platform } from './connection/platform.ts';
import { ErrorCodeRef } from './failure-codes.ts';

type Failure<Type extends UserFailure['type']> = Extract<UserFailure, { type: Type }>;

/** Expected failures as payloads carry them: plain objects, told apart by `type` (DEPENDENCIES §0.8). */
export const UserErrorRef = builder.interfaceRef<UserFailure>('UserError').implement({
  description:
    "An expected failure, returned as data in a mutation payload's `errors`. Unexpected failures appear in the response's top-level `errors` with `extensions.code`. New implementations may be added at any time: switch on `code`, fall back to `message`.",
  resolveType: ({ type }) => type,
  fields: (t) => ({
    code: t.expose('code', { type: ErrorCodeRef, description: 'What kind of failure it is.' }),
    message: t.exposeString('message', { description: 'For people; may change.' }),
    path: t.exposeStringList('path', { nullable: true, description: 'Input path, e.g. `["input", "interval"]`.' }),
    docsUrl: t.expose('docsUrl', { type: 'URL', nullable: true, description: 'Where to read more.' }),
  }),
});

const interfaces = [UserErrorRef];

builder.objectRef<Failure<'ValidationError'>>('ValidationError').implement({
  description: 'The input breaks a rule.',
  interfaces,
  fields: (t) => ({
    constraint: t.exposeString('constraint', { description: 'The rule, in a word.' }),
    expected: t.exposeString('expected', { nullable: true, description: 'What would have been accepted.' }),
    received: t.exposeString('received', { nullable: true, description: 'What came; never a secret.' }),
  }),
});

builder.objectRef<Failure<'NotFoundError'>>('NotFoundError').implement({
  description: 'There is nothing with this id.',
  interfaces,
  fields: (t) => ({
    nodeId: t.exposeID('nodeId', { nullable: true, description: 'The id that was asked for.' }),
  }),
});

builder.objectRef<Failure<'ConflictError'>>('ConflictError').implement({
  description: 'Someone changed the object first; re-read and retry with `currentVersion`.',
  interfaces,
  fields: (t) => ({
    currentVersion: t.exposeInt('currentVersion', { nullable: true, description: 'The version that is stored now.' }),
  }),
});

builder.objectRef<Failure<'PlatformConnectionError'>>('PlatformConnectionError').implement({
  description: 'Covers PLATFORM_NOT_CONFIGURED, PLATFORM_NOT_CONNECTED, AUTH_EXPIRED, ACCOUNT_RESTRICTED.',
  interfaces,
  fields: (t) => ({
    platform: t.field({ type: PlatformRef, description: 'Whose connection it is.', resolve: () => platform }),
    status: t.field({
      type: ConnectionStatusRef,
      description: 'What state it is in.',
      resolve: ({ status }) => status as ConnectionStatus,
    }),
    missingConfiguration: t.exposeStringList('missingConfiguration', {
      description: 'Configuration keys that are missing, never their values.',
    }),
  }),
});

builder.objectRef<Failure<'AuthorizationFlowError'>>('AuthorizationFlowError').implement({
  description: 'Covers AUTHORIZATION_DENIED, STATE_MISMATCH, FLOW_EXPIRED, CREDENTIALS_INVALID, WRONG_ACCOUNT.',
  interfaces,
  fields: (t) => ({
    flowId: t.exposeID('flowId', { nullable: true, description: 'The flow that ended so, where it is known.' }),
    oauthError: t.exposeString('oauthError', { nullable: true, description: 'OAuth error code the platform gave.' }),
    oauthErrorDescription: t.exposeString('oauthErrorDescription', {
      nullable: true,
      description: 'What the platform said to it.',
    }),
  }),
});

builder.objectRef<Failure<'InsufficientScopesError'>>('InsufficientScopesError').implement({
  description: 'The key lacks scopes this needs.',
  interfaces,
  fields: (t) => ({
    platform: t.field({ type: PlatformRef, description: 'Whose key it is.', resolve: () => platform }),
    missingScopes: t.exposeStringList('missingScopes', { description: 'Names of the scopes that are missing.' }),
  }),
});

builder.objectRef<Failure<'RateLimitedError'>>('RateLimitedError').implement({
  description: 'Too many requests: the platform or our own budget says wait.',
  interfaces,
  fields: (t) => ({
    retryAfter: t.expose('retryAfterMs', { type: 'Duration', description: 'How long to wait before trying again.' }),
  }),
});

builder.objectRef<Failure<'UpstreamError'>>('UpstreamError').implement({
  description: 'The platform failed or answered something unexpected.',
  interfaces,
  fields: (t) => ({
    platform: t.field({ type: PlatformRef, description: 'Which platform it was.', resolve: () => platform }),
    httpStatus: t.exposeInt('httpStatus', { nullable: true, description: 'HTTP status it answered with.' }),
    retryable: t.exposeBoolean('retryable', { description: 'Whether the same request may work later.' }),
    requestId: t.exposeString('requestId', {
      nullable: true,
      description: "The platform's own id of the request; its support asks for it.",
    }),
  }),
});

builder.objectRef<Failure<'SecretStoreError'>>('SecretStoreError').implement({
  description: 'The secret store does not answer or refuses us.',
  interfaces,
  fields: (t) => ({
    sealed: t.exposeBoolean('sealed', {
      nullable: true,
      description: 'Whether it is sealed; null where that is not known.',
    }),
  }),
});

builder.objectRef<Failure<'CapabilityError'>>('CapabilityError').implement({
  description: "The platform's API cannot do this; `handoffUrl` opens the page where a person can.",
  interfaces,
  fields: (t) => ({
    capability: t.field({
      type: PlatformCapabilityRef,
      description: 'What it cannot do.',
      resolve: ({ capability }) => capability as PlatformCapability,
    }),
    handoffUrl: t.expose('handoffUrl', { type: 'URL', nullable: true, description: 'Where a person can do it.' }),
  }),
});

builder.objectRef<Failure<'ProposalError'>>('ProposalError').implement({
  description:
    "Covers JOB_CLOSED, ALREADY_APPLIED, INSUFFICIENT_CONNECTS, SUBMISSION_REFUSED (Upwork's own words in `reason`).",
  interfaces,
  fields: (t) => ({
    reason: t.exposeString('reason', { nullable: true, description: "The platform's own words." }),
    handoffUrl: t.expose('handoffUrl', { type: 'URL', nullable: true, description: 'Where a person can go on.' }),
  }),
});

builder.objectRef<Failure<'InvalidTransitionError'>>('InvalidTransitionError').implement({
  description: 'Not possible in the state it is in.',
  interfaces,
  fields: (t) => ({
    from: t.exposeString('from', { description: 'The state it is in.' }),
    allowed: t.exposeStringList('allowed', { description: 'What is possible from there.' }),
  }),
});
