import { builder } from '../../schema/builder.ts';
import { EventRef, EventTypeRef } from '../../schema/events/event.ts';
import { followEvents } from '../events/follow-events.ts';

builder.subscriptionField('events', (t) =>
  t.field({
    type: EventRef,
    authScopes: { scope: 'READ' },
    description: 'The whole event log, or some types of it. Needs scope READ.',
    args: {
      types: t.arg({ type: [EventTypeRef], description: 'Only these types; all when left out.' }),
      after: t.arg.string({ description: 'First what came after this cursor, then what comes.' }),
    },
    subscribe: (_root, args, context) => followEvents(context, args),
    resolve: (event) => event,
  }),
);
