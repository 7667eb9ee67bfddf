import { builder } from '../builder.ts';
import type { OperationCost } from '../context.ts';

export const RateLimitRef = builder.objectRef<OperationCost>('RateLimit').implement({
  description:
    'What this query cost and what is left; the same numbers are in `extensions.cost` and the `RateLimit` header. In points of complexity: leaf fields cost nothing, all others one, and what stands in a connection as often as its page has places.',
  fields: (t) => ({
    cost: t.exposeInt('cost', { description: 'Points this operation costs. More than 1,000 are refused.' }),
    limit: t.exposeInt('limit', { description: 'Points the token has per hour.' }),
    remaining: t.exposeInt('remaining', { description: 'Points left in this hour.' }),
    used: t.exposeInt('used', { description: 'Points used in this hour, this operation included.' }),
    resetsAt: t.expose('resetsAt', { type: 'DateTime', description: 'When the hour ends and all points are back.' }),
    nodeCount: t.exposeInt('nodeCount', {
      description: 'How many nodes the connections and look-ups of this operation may give at most.',
    }),
  }),
});
