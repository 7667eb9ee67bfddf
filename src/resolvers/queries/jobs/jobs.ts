import { builder } from '../../../schema/builder.ts';
import { JobFilterRef, JobOrderRef } from '../../../schema/jobs/job-filter.ts';
import { JobConnectionRef } from '../../../schema/jobs/job-page.ts';
import { toJobFilter } from '../../inputs/job-filter.ts';
import { withoutNull } from '../../inputs/without.ts';
import { jobPage } from '../../job-page.ts';

builder.queryField('jobs', (t) =>
  t.field({
    type: JobConnectionRef,
    authScopes: { scope: 'READ' },
    description:
      '`query` is full text: words, "phrases", `prefix*`, `-without`, OR. RELEVANCE needs a query. Newest posted first unless ordered otherwise. Needs scope READ.',
    args: {
      query: t.arg.string({ description: 'Text to search for.' }),
      filter: t.arg({ type: JobFilterRef, description: 'Which jobs.' }),
      orderBy: t.arg({ type: JobOrderRef, description: 'In which order.' }),
      ...t.arg.connectionArgs(),
    },
    resolve: (_root, { filter, ...args }, { services, now }) =>
      jobPage(services.jobs, withoutNull({ ...args, filter: filter && toJobFilter(filter, now()) })),
  }),
);
