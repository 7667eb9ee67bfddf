import type {
  AuthExpiredReason,
  ConnectionFlow,
  ConnectionStatus,
  PlatformStatus,
} from '../../services/connection/model.ts';
import type { CoverageGap } from '../../services/scanner/model.ts';
import { builder } from '../builder.ts';
import { type Envelope, EventRef } from '../events/event.ts';
import { CoverageGapRef } from '../scans/coverage.ts';
import { AuthExpiredReasonRef, ConnectionStatusRef } from './connection-enums.ts';
import { ConnectionFlowRef } from './connection-flow.ts';
import { NextActionRef } from './next-action.ts';
import { PlatformRef, platform } from './platform.ts';
import { PlatformStatusRef } from './platform-status.ts';

export type AuthExpired = Envelope<'AUTH_EXPIRED'> & {
  readonly reason: AuthExpiredReason;
  readonly message: string;
  readonly platformStatus: PlatformStatus;
};
export type AuthRestored = Envelope<'AUTH_RESTORED'> & {
  readonly platformStatus: PlatformStatus;
  readonly gap?: CoverageGap;
};
export type PlatformStatusChanged = Envelope<'PLATFORM_STATUS_CHANGED'> & {
  readonly previous: ConnectionStatus;
  readonly platformStatus: PlatformStatus;
};
export type ConnectionFlowUpdated = Envelope<'CONNECTION_FLOW_UPDATED'> & { readonly flow: ConnectionFlow };

const statusMeaning = 'The status as it was then; what else there is to say of the connection is as it is now.';

export const AuthExpiredEventRef = builder.objectRef<AuthExpired>('AuthExpiredEvent').implement({
  description: 'The authorization has died. Said once each time.',
  interfaces: [EventRef],
  fields: (t) => ({
    platform: t.field({ type: PlatformRef, description: 'Which platform.', resolve: () => platform }),
    reason: t.expose('reason', { type: AuthExpiredReasonRef, description: 'Why, as far as it is known.' }),
    message: t.exposeString('message', { description: 'For people.' }),
    platformStatus: t.expose('platformStatus', { type: PlatformStatusRef, description: statusMeaning }),
    nextAction: t.field({
      type: NextActionRef,
      description: 'What to do now.',
      resolve: ({ platformStatus }) => platformStatus.nextAction,
    }),
  }),
});

export const AuthRestoredEventRef = builder.objectRef<AuthRestored>('AuthRestoredEvent').implement({
  description:
    'The connection works again. `gap` is the stretch that was missed; the next scan fills it as far as Upwork still shows it.',
  interfaces: [EventRef],
  fields: (t) => ({
    platform: t.field({ type: PlatformRef, description: 'Which platform.', resolve: () => platform }),
    platformStatus: t.expose('platformStatus', { type: PlatformStatusRef, description: statusMeaning }),
    gap: t.expose('gap', { type: CoverageGapRef, nullable: true, description: 'What was missed; null for nothing.' }),
  }),
});

export const PlatformStatusChangedEventRef = builder
  .objectRef<PlatformStatusChanged>('PlatformStatusChangedEvent')
  .implement({
    description: 'The connection has another status.',
    interfaces: [EventRef],
    fields: (t) => ({
      previous: t.expose('previous', { type: ConnectionStatusRef, description: 'The status before.' }),
      platformStatus: t.expose('platformStatus', { type: PlatformStatusRef, description: statusMeaning }),
    }),
  });

export const ConnectionFlowUpdatedEventRef = builder
  .objectRef<ConnectionFlowUpdated>('ConnectionFlowUpdatedEvent')
  .implement({
    description: 'A flow went on or ended.',
    interfaces: [EventRef],
    fields: (t) => ({
      flow: t.expose('flow', { type: ConnectionFlowRef, description: 'The flow, with its status as it was then.' }),
    }),
  });
