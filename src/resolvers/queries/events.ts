import { builder } from '../../schema/builder.ts';
import { EventTypeRef } from '../../schema/events/event.ts';
import { EventConnectionRef } from '../../schema/events/event-page.ts';
import { eventPage } from '../events/event-page.ts';

builder.queryField('events', (t) =>
  t.field({
    type: EventConnectionRef,
    authScopes: { scope: 'READ' },
    description: 'The log behind every subscription, for polling clients and for closing gaps. Needs scope READ.',
    args: {
      types: t.arg({ type: [EventTypeRef], description: 'Only these types; all when left out.' }),
      after: t.arg.string({ description: 'Only what came after this cursor; from the oldest kept when left out.' }),
      first: t.arg.int({ defaultValue: 100, description: 'How many, at most 100.' }),
    },
    resolve: (_root, args, { services }) => eventPage(services, args),
  }),
);
