import type { Page } from '../services/jobs/model.ts';

/** Places on a page when neither `first` nor `last` is given (CONVENTIONS §4). */
export const defaultPageSize = 25;
/** Places on a page at most (CONVENTIONS §4). */
export const pageSizeMax = 100;

/** A service's page as Relay's connection. Counting is left until somebody asks. */
export function toConnection<Node, Extra, Counts extends object>(
  { edges, ...page }: Page<Node, Extra>,
  counts: Counts,
) {
  return {
    ...counts,
    edges,
    pageInfo: { ...page, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
  };
}
