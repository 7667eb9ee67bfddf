import type { EventType, FollowedEvent } from '../../services/events/model.ts';
import { builder } from '../builder.ts';
import { describedEnum } from '../described-enum.ts';

export const EventTypeRef = describedEnum('EventType', 'What kind of event it is. May grow.', {
  JOB_POSTED: 'A new job; see `JobPostedEvent`.',
  JOB_UPDATED: 'A job has changed; see `JobUpdatedEvent`.',
  AUTH_EXPIRED: 'The authorization has died; see `AuthExpiredEvent`.',
  AUTH_RESTORED: 'The connection works again; see `AuthRestoredEvent`.',
  PLATFORM_STATUS_CHANGED: 'The connection has another status; see `PlatformStatusChangedEvent`.',
  CONNECTION_FLOW_UPDATED: 'A flow went on or ended; see `ConnectionFlowUpdatedEvent`.',
  SCAN_PROGRESS: 'A scan went on or ended; see `ScanProgressEvent`.',
  PROPOSAL_UPDATED: 'A proposal has changed; see `ProposalUpdatedEvent`.',
  NODE_CHANGED: 'Preferences, a saved search or a draft was made, changed or deleted; see `NodeChangedEvent`.',
  CONTRACT_UPDATED: 'A contract or one of its milestones has changed; see `ContractUpdatedEvent`.',
} satisfies Record<EventType, string>);

/** What every event says; the rest depends on its type. */
export type Envelope<Type extends EventType = EventType> = Pick<
  FollowedEvent,
  'id' | 'cursor' | 'occurredAt' | 'replayed'
> & { readonly type: Type };

/** `JOB_POSTED` → `JobPostedEvent`. */
function eventTypeName(type: EventType): string {
  return `${type.toLowerCase().replace(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase())}Event`;
}

export const EventRef = builder.interfaceRef<Envelope>('Event').implement({
  description:
    'An entry of the event log. Delivery is at least once and in `cursor` order: keep the last `cursor`, send it as `after` when reconnecting, drop ids already seen. Events are kept 7 days; an older cursor ends the subscription with `extensions.code: CURSOR_EXPIRED` and `extensions.oldestCursor`.',
  resolveType: ({ type }) => eventTypeName(type),
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable id, `evt_…`.' }),
    type: t.expose('type', { type: EventTypeRef, description: 'What kind of event it is.' }),
    cursor: t.exposeString('cursor', { description: 'Its place in the log, to be sent as `after`.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it happened.' }),
    replayed: t.exposeBoolean('replayed', { description: 'True while catching up from `after`.' }),
  }),
});
