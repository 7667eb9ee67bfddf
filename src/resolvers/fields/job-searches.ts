import { builder } from '../../schema/builder.ts';
import { JobRef } from '../../schema/jobs/job.ts';
import { SavedSearchRef } from '../../schema/searches/saved-search.ts';

builder.objectField(JobRef, 'matchedSearches', (t) =>
  t.field({
    type: [SavedSearchRef],
    description: 'Saved searches it matched when it was read, or when they were last changed; oldest search first.',
    resolve: ({ id }, _args, { services }) => [...services.searches.ofJob(id)],
  }),
);
