import { builder } from '../builder.ts';
import type { OperationCost } from '../context.ts';

export const RateLimitRef = builder.objectRef<OperationCost>('RateLimit').implement({
  description:
    'What this query may cost and what is left. Costs nothing itself, so that it can be asked when nothing is left. The numbers after the query has run, `paid` among them, are in `extensions.cost` and the `RateLimit` header. In points of complexity: a field costs what it takes (leaf fields nothing, most others one, a text search, a count, a facet or a preview more), and what stands in a list as often as that can hold. What a query did not take is given back.',
  fields: (t) => ({
    cost: t.exposeInt('cost', { description: 'Points this operation costs at most. More than 1,000 are refused.' }),
    limit: t.exposeInt('limit', { description: 'Points a token has at most; as many come back in an hour, evenly.' }),
    remaining: t.exposeInt('remaining', { description: 'Points left.' }),
    used: t.exposeInt('used', { description: 'Points that are not back yet, those of this operation included.' }),
    resetsAt: t.expose('resetsAt', {
      type: 'DateTime',
      description: 'When all points are back, if none is spent until then.',
    }),
    nodeCount: t.exposeInt('nodeCount', {
      description: 'How many nodes the connections and look-ups of this operation may give at most.',
    }),
  }),
});
