import { builder } from '../../schema/builder.ts';
import { findNode } from '../find-node.ts';

builder.queryField('node', (t) =>
  t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    authScopes: { scope: 'READ' },
    description: 'What has this id, whatever it is; null when there is nothing. Needs scope READ.',
    args: { id: t.arg.id({ required: true, description: 'Id of anything.' }) },
    resolve: (_root, { id }, context) => findNode(context, id),
  }),
);
