import { builder } from '../../schema/builder.ts';
import { RateLimitRef } from '../../schema/rate-limit.ts';

builder.queryField('rateLimit', (t) =>
  t.field({
    type: RateLimitRef,
    authScopes: { scope: 'READ' },
    description: 'What this operation costs and what is left in this hour. Needs scope READ.',
    resolve: (_root, _args, { cost }) => cost,
  }),
);
