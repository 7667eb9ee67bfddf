import { RateLimitRef } from '../../../schema/access/rate-limit.ts';
import { builder } from '../../../schema/builder.ts';

builder.queryField('rateLimit', (t) =>
  t.field({
    type: RateLimitRef,
    authScopes: { scope: 'READ' },
    description: 'What this operation costs and what is left in this hour. Needs scope READ.',
    resolve: (_root, _args, { cost }) => cost,
  }),
);
