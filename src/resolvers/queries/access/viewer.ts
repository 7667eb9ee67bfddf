import { ViewerRef } from '../../../schema/access/access.ts';
import { builder } from '../../../schema/builder.ts';
import { viewerOf } from '../../viewer-of.ts';

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerRef,
    authScopes: { scope: 'READ' },
    description: 'Who is asking. Needs scope READ.',
    resolve: (_root, _args, context) => viewerOf(context),
  }),
);
