import type { PlatformStatus } from '../services/connection/model.ts';
import type { SyncTarget } from '../services/sync/model.ts';
import { builder } from './builder.ts';
import { PlatformRef, platform } from './connection/platform.ts';
import { PlatformStatusRef } from './connection/platform-status.ts';
import { describedEnum } from './described-enum.ts';
import { payloadType } from './payload.ts';

const SyncTargetRef = describedEnum('SyncTarget', 'What can be read back from the platform.', {
  PROPOSALS: 'Proposals and where they stand.',
  CONTRACTS: 'Contracts and their milestones.',
  ACCOUNT: 'Account, scopes and Connects balance.',
} satisfies Record<SyncTarget, string>);

/** What is taken where the argument is left out; whole, see connection-inputs.ts. */
export const syncDefaults: { platform: 'UPWORK'; what: SyncTarget[] } = { platform, what: ['PROPOSALS', 'CONTRACTS'] };

export const SyncPlatformInputRef = builder.inputType('SyncPlatformInput', {
  description: 'What to read back.',
  fields: (t) => ({
    platform: t.field({ type: PlatformRef, required: true, defaultValue: platform, description: 'Which platform.' }),
    what: t.field({
      type: [SyncTargetRef],
      required: true,
      defaultValue: syncDefaults.what,
      description: 'What to read.',
    }),
  }),
});

export const SyncPlatformPayloadRef = payloadType<{
  readonly platformStatus: PlatformStatus;
  readonly started: readonly SyncTarget[];
}>('SyncPlatformPayload', 'What is being read; its end shows in `lastSyncAt` and in events.', (t) => ({
  platformStatus: t.expose('platformStatus', {
    type: PlatformStatusRef,
    nullable: true,
    description: 'The connection as it is now.',
  }),
  started: t.field({
    type: [SyncTargetRef],
    description: 'What was begun, or is running already.',
    resolve: ({ started }) => [...(started ?? [])],
  }),
}));
