import { builder } from '../../schema/builder.ts';
import { JobPostedEventRef } from '../../schema/jobs/job-events.ts';
import { JobFilterRef } from '../../schema/jobs/job-filter.ts';
import { RefusedError } from '../../services/failures/model.ts';
import { followEvents } from '../events/follow-events.ts';
import { toJobFilter } from '../inputs/job-filter.ts';

builder.subscriptionField('jobPosted', (t) =>
  t.field({
    type: JobPostedEventRef,
    authScopes: { scope: 'READ' },
    description: 'New jobs. Needs scope READ.',
    args: {
      filter: t.arg({ type: JobFilterRef, description: 'Only jobs that pass this when they are delivered.' }),
      savedSearchId: t.arg.id({ description: 'Only jobs that matched this saved search when they were found.' }),
      after: t.arg.string({ description: 'First what came after this cursor, then what comes.' }),
    },
    subscribe: (_root, { filter, savedSearchId, after }, context) => {
      const { services, now } = context;
      // What cannot be is refused at once, not at the first event.
      if (filter) services.jobs.checkFilter(toJobFilter(filter, now()));
      if (savedSearchId != null && !services.searches.byId(savedSearchId))
        throw new RefusedError(
          'BAD_USER_INPUT',
          `There is no saved search ${savedSearchId.slice(0, 60)}. \`savedSearches\` lists them.`,
        );
      return followEvents(context, {
        types: ['JOB_POSTED'],
        after,
        matches: ({ subjectId, searchIds }) =>
          (savedSearchId == null || searchIds.includes(savedSearchId)) &&
          (!filter || services.jobs.passes(subjectId, toJobFilter(filter, now()))),
      });
    },
    resolve: (event) => event,
  }),
);
