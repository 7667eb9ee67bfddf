import { builder } from '../../schema/builder.ts';
import { ConnectionFlowUpdatedEventRef } from '../../schema/connection/connection-events.ts';
import { followEvents } from '../events/follow-events.ts';

builder.subscriptionField('connectionFlowUpdated', (t) =>
  t.field({
    type: ConnectionFlowUpdatedEventRef,
    authScopes: { scope: 'READ' },
    description: 'How a flow goes on and ends. Needs scope READ.',
    args: {
      flowId: t.arg.id({ required: true, description: 'Which flow.' }),
      after: t.arg.string({ description: 'First what came after this cursor, then what comes.' }),
    },
    subscribe: (_root, { flowId, after }, context) =>
      followEvents(context, {
        types: ['CONNECTION_FLOW_UPDATED'],
        after,
        matches: ({ subjectId }) => subjectId === flowId,
      }),
    resolve: (event) => event,
  }),
);
