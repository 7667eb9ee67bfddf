import { builder } from '../../../schema/builder.ts';
import { ConnectionFlowRef } from '../../../schema/connection/connection-flow.ts';

builder.queryField('connectionFlow', (t) =>
  t.field({
    type: ConnectionFlowRef,
    nullable: true,
    authScopes: { scope: 'READ' },
    description: 'A flow; null when there is none with this id. Needs scope READ.',
    args: { id: t.arg.id({ required: true, description: 'Id of the flow.' }) },
    resolve: (_root, { id }, { services }) => services.connection.flow(id),
  }),
);
