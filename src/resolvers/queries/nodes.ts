import { builder } from '../../schema/builder.ts';
import { pageSizeMax } from '../../schema/page.ts';
import { RefusedError } from '../../services/failures/model.ts';
import { findNode } from '../find-node.ts';

builder.queryField('nodes', (t) =>
  t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    authScopes: { scope: 'READ' },
    description: `What has these ids, in the same order, null where there is nothing. At most ${pageSizeMax} at once. Needs scope READ.`,
    args: { ids: t.arg.idList({ required: true, description: 'Ids of anything.' }) },
    resolve: (_root, { ids }, context) => {
      if (ids.length > pageSizeMax)
        throw new RefusedError('BAD_USER_INPUT', `\`ids\` takes at most ${pageSizeMax} ids, not ${ids.length}.`);
      return ids.map((id) => findNode(context, id));
    },
  }),
);
