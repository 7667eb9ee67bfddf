import type {
  CapabilityStatus,
  PlatformAccount,
  PlatformIncident,
  PlatformStatus,
  ScopeGrant,
} from '../../services/connection/model.ts';
import { builder } from '../builder.ts';
import { ErrorCodeRef } from '../failure-codes.ts';
import {
  CapabilityAvailabilityRef,
  ConnectionStatusRef,
  PlatformCapabilityRef,
  ScopeAccessRef,
} from './connection-enums.ts';
import { ConnectionFlowRef } from './connection-flow.ts';
import { NextActionRef } from './next-action.ts';
import { PlatformRef, platform } from './platform.ts';

const CapabilityStatusRef = builder.objectRef<CapabilityStatus>('CapabilityStatus').implement({
  description: 'Whether one capability can be used.',
  fields: (t) => ({
    capability: t.expose('capability', { type: PlatformCapabilityRef, description: 'Which capability.' }),
    availability: t.expose('availability', { type: CapabilityAvailabilityRef, description: 'Whether it can be used.' }),
    requiredScopes: t.exposeStringList('requiredScopes', { description: 'Scopes it needs.' }),
  }),
});

const ScopeGrantRef = builder.objectRef<ScopeGrant>('ScopeGrant').implement({
  description:
    "One of `job_search`, `proposals`, `contracts`, found out by probing the API: Upwork has no call that lists a key's scopes.",
  fields: (t) => ({
    name: t.exposeString('name', { description: '`job_search`, `proposals` or `contracts`.' }),
    description: t.exposeString('description', { description: 'What it is needed for.' }),
    required: t.expose('required', { type: ScopeAccessRef, description: 'What Prospector asks for.' }),
    granted: t.expose('granted', {
      type: ScopeAccessRef,
      description: 'What the key has, as far as could be found out.',
    }),
    keyFormLabels: t.exposeStringList('keyFormLabels', {
      description: "Labels to tick on Upwork's key form when something is missing.",
    }),
    capabilities: t.expose('capabilities', { type: [PlatformCapabilityRef], description: 'What it makes possible.' }),
  }),
});

const PlatformAccountRef = builder.objectRef<PlatformAccount>('PlatformAccount').implement({
  description: 'The platform user this database belongs to.',
  fields: (t) => ({
    externalId: t.exposeString('externalId', { description: "The platform's id of the user." }),
    displayName: t.exposeString('displayName', { description: 'Name to show.' }),
    email: t.exposeString('email', { nullable: true, description: 'E-mail address, where the key may read it.' }),
    profileUrl: t.expose('profileUrl', { type: 'URL', nullable: true, description: 'Public profile.' }),
    avatarUrl: t.expose('avatarUrl', { type: 'URL', nullable: true, description: 'Picture.' }),
    organization: t.exposeString('organization', {
      nullable: true,
      description: 'The organization calls are made for: personal or an agency.',
    }),
    connectedAt: t.expose('connectedAt', { type: 'DateTime', description: 'When it was connected.' }),
  }),
});

export const PlatformIncidentRef = builder.objectRef<PlatformIncident>('PlatformIncident').implement({
  description: 'Something that went wrong between us and the platform.',
  fields: (t) => ({
    code: t.expose('code', { type: ErrorCodeRef, description: 'What kind of failure it was.' }),
    message: t.exposeString('message', { description: 'For people; may change.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it last happened.' }),
    requestId: t.exposeString('requestId', {
      nullable: true,
      description: "The platform's own id of the request; its support asks for it.",
    }),
    attempts: t.exposeInt('attempts', { description: 'How often it was tried.' }),
    nextRetryAt: t.expose('nextRetryAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried again by itself.',
    }),
  }),
});

export const PlatformStatusRef = builder.objectRef<PlatformStatus>('PlatformStatus').implement({
  description: 'The connection to a platform: how it is, what it may do, what to do about it.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable id, `platform_upwork`.' }),
    platform: t.field({ type: PlatformRef, description: 'Which platform.', resolve: () => platform }),
    status: t.expose('status', { type: ConnectionStatusRef, description: 'How the connection is.' }),
    message: t.exposeString('message', { description: 'One sentence saying why.' }),
    statusChangedAt: t.expose('statusChangedAt', { type: 'DateTime', description: 'Since when.' }),
    account: t.expose('account', {
      type: PlatformAccountRef,
      nullable: true,
      description: 'Who is connected; null before the first connection.',
    }),
    scopes: t.expose('scopes', { type: [ScopeGrantRef], description: 'What the key may do, in three scopes.' }),
    capabilities: t.expose('capabilities', { type: [CapabilityStatusRef], description: 'What can be done now.' }),
    tokenExpiresAt: t.expose('tokenExpiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the access token ends; it is refreshed before.',
    }),
    refreshTokenExpiresAt: t.expose('refreshTokenExpiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Estimate: last use plus 14 days. Nothing is ever declared dead by it.',
    }),
    tokenRefreshedAt: t.expose('tokenRefreshedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the tokens were last refreshed.',
    }),
    lastSyncAt: t.expose('lastSyncAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the platform last answered a scan or sync well; null when never.',
    }),
    connectsBalance: t.exposeInt('connectsBalance', {
      nullable: true,
      description: 'Connects left. Null where the key may not read it.',
    }),
    lastIncident: t.expose('lastIncident', {
      type: PlatformIncidentRef,
      nullable: true,
      description: 'What last went wrong.',
    }),
    activeFlow: t.expose('activeFlow', {
      type: ConnectionFlowRef,
      nullable: true,
      description: 'The flow that is open.',
    }),
    nextAction: t.expose('nextAction', { type: NextActionRef, description: 'What to do now.' }),
  }),
});
