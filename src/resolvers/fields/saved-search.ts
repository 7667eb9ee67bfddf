import { builder } from '../../schema/builder.ts';
import { JobOrderRef } from '../../schema/jobs/job-filter.ts';
import { JobConnectionRef } from '../../schema/jobs/job-page.ts';
import { SavedSearchRef } from '../../schema/searches/saved-search.ts';
import { withoutNull } from '../inputs/without.ts';
import { jobPage } from '../job-page.ts';

builder.objectFields(SavedSearchRef, (t) => ({
  unseenCount: t.int({
    description: 'How many of its `jobs` you have not decided about (`triage: NEW`). Counted at most to 10 000.',
    resolve: ({ id }, _args, { services }) => services.searches.unseenCount(id),
  }),
  jobs: t.field({
    type: JobConnectionRef,
    description: 'Stored jobs that match it now, newest posted first unless ordered otherwise.',
    args: {
      first: t.arg.int({ defaultValue: 25, description: 'How many, at most 100.' }),
      after: t.arg.string({ description: 'Only what comes after this cursor.' }),
      orderBy: t.arg({ type: JobOrderRef, description: 'In which order. RELEVANCE needs a search with a text.' }),
    },
    resolve: ({ query, criteria }, page, { services }) =>
      jobPage(services.jobs, { ...withoutNull({ ...page, query }), filter: { criteria } }),
  }),
}));
