import { pageSizeMax, toConnection } from '../schema/page.ts';
import type { JobFacetName, PageArguments } from '../services/jobs/model.ts';
import type { Services } from '../services/model.ts';
import type { Scan } from '../services/scanner/model.ts';
import { once } from './once.ts';

/** A page of the jobs that were new in a scan. */
export function scanJobPage({ scanner, jobs }: Services, { id }: Scan, page: PageArguments) {
  const ids = once(() => {
    const all: string[] = [];
    let after: string | undefined;
    do {
      const next = scanner.jobs(id, { first: pageSizeMax, ...(after !== undefined && { after }) });
      all.push(...next.edges.map(({ node }) => node.id));
      after = next.hasNextPage ? next.edges.at(-1)?.cursor : undefined;
    } while (after !== undefined);
    return all;
  });
  return toConnection(scanner.jobs(id, page), {
    count: once(() => ({ count: scanner.countJobs(id), exact: true })),
    facets: (names: readonly JobFacetName[]) => jobs.facets({ filter: { ids: ids() }, includeUnmatched: true }, names),
  });
}
