import { builder } from '../../schema/builder.ts';
import { NodeChangedEventRef } from '../../schema/events/node-changed.ts';
import { findNode } from '../find-node.ts';

builder.objectField(NodeChangedEventRef, 'node', (t) =>
  t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: 'What it is about, as it is now; null where it is gone.',
    resolve: ({ nodeId }, _args, context) => findNode(context, nodeId),
  }),
);
