import type { ConnectionFlow, PlatformStatus } from '../../services/connection/model.ts';
import { payloadType } from '../payload.ts';
import { ConnectionFlowRef } from './connection-flow.ts';
import { PlatformStatusRef } from './platform-status.ts';

const statusMeaning = 'The connection as it is now.';

interface Connected {
  readonly authorizationUrl: string;
  readonly state: string;
  readonly flow: ConnectionFlow;
}

export const ConnectUpworkPayloadRef = payloadType<Connected>(
  'ConnectUpworkPayload',
  'The flow that was opened.',
  (t) => ({
    authorizationUrl: t.expose('authorizationUrl', {
      type: 'URL',
      nullable: true,
      description: 'The consent page to open in a browser.',
    }),
    state: t.exposeString('state', { nullable: true, description: 'What the callback will carry as `state`.' }),
    flowId: t.id({
      nullable: true,
      description: 'Id of the flow, for `connectionFlowUpdated`.',
      resolve: ({ flow }) => flow?.id,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when the flow can be completed.',
      resolve: ({ flow }) => flow?.expiresAt,
    }),
    flow: t.expose('flow', { type: ConnectionFlowRef, nullable: true, description: 'The flow.' }),
  }),
  { warns: true },
);

export const CompleteUpworkConnectionPayloadRef = payloadType<{
  readonly platformStatus: PlatformStatus;
  readonly flow: ConnectionFlow;
}>(
  'CompleteUpworkConnectionPayload',
  'How the flow ended.',
  (t) => ({
    platformStatus: t.expose('platformStatus', { type: PlatformStatusRef, nullable: true, description: statusMeaning }),
    flow: t.expose('flow', {
      type: ConnectionFlowRef,
      nullable: true,
      description: 'The flow; null where the state belongs to none.',
    }),
  }),
  { warns: true },
);

export const CancelConnectionFlowPayloadRef = payloadType<{ readonly flow: ConnectionFlow }>(
  'CancelConnectionFlowPayload',
  'The flow that was ended.',
  (t) => ({
    flow: t.expose('flow', { type: ConnectionFlowRef, nullable: true, description: 'The flow, cancelled.' }),
  }),
);

export const DisconnectPlatformPayloadRef = payloadType<{
  readonly platformStatus: PlatformStatus;
  readonly revoked: boolean;
  readonly purgedRecords: number;
}>('DisconnectPlatformPayload', 'What was forgotten.', (t) => ({
  platformStatus: t.expose('platformStatus', { type: PlatformStatusRef, nullable: true, description: statusMeaning }),
  revoked: t.exposeBoolean('revoked', {
    nullable: true,
    description: 'Whether the platform said it revoked the tokens.',
  }),
  purgedRecords: t.exposeInt('purgedRecords', {
    nullable: true,
    description: 'How many records read from it were deleted.',
  }),
}));

export const CheckPlatformPayloadRef = payloadType<{
  readonly platformStatus: PlatformStatus;
  readonly latencyMs: number;
}>('CheckPlatformPayload', 'Makes one cheap live call and updates the status.', (t) => ({
  platformStatus: t.expose('platformStatus', { type: PlatformStatusRef, nullable: true, description: statusMeaning }),
  latency: t.expose('latencyMs', {
    type: 'Duration',
    nullable: true,
    description: 'How long the platform took to answer; null when it did not.',
  }),
}));
