import { toConnection } from '../schema/page.ts';
import type { JobFacetName, JobService, JobsQuery } from '../services/jobs/model.ts';
import { once } from './once.ts';

/** A page of jobs that remembers the text they were found by, for `highlights` and `excerpt`. */
export function jobPage(jobs: JobService, query: JobsQuery) {
  const { edges, ...page } = jobs.list(query);
  const found = edges.map((edge) => ({
    ...edge,
    node: { ...edge.node, ...(query.query && { textQuery: query.query }) },
  }));
  return toConnection(
    { edges: found, ...page },
    { count: once(() => jobs.count(query)), facets: (names: readonly JobFacetName[]) => jobs.facets(query, names) },
  );
}
