import { builder } from '../../schema/builder.ts';
import { JobUpdatedEventRef } from '../../schema/jobs/job-events.ts';
import { followEvents } from '../events/follow-events.ts';

builder.subscriptionField('jobUpdated', (t) =>
  t.field({
    type: JobUpdatedEventRef,
    authScopes: { scope: 'READ' },
    description: 'Changes of jobs, on the platform or by your hand. Needs scope READ.',
    args: {
      jobIds: t.arg.idList({ description: 'Only these jobs; all when left out.' }),
      after: t.arg.string({ description: 'First what came after this cursor, then what comes.' }),
    },
    subscribe: (_root, { jobIds, after }, context) => {
      const wanted = jobIds && new Set(jobIds);
      return followEvents(context, {
        types: ['JOB_UPDATED'],
        after,
        matches: ({ subjectId }) => !wanted || wanted.has(subjectId),
      });
    },
    resolve: (event) => event,
  }),
);
