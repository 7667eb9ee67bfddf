import { builder } from '../../schema/builder.ts';
import type { Context } from '../../schema/context.ts';
import { JobRef } from '../../schema/jobs/job.ts';
import { SearchPreviewRef } from '../../schema/searches/search-preview.ts';

const jobsOf = (ids: readonly string[], { services }: Context) => ids.flatMap((id) => services.jobs.byId(id) ?? []);

builder.objectFields(SearchPreviewRef, (t) => ({
  sample: t.field({
    type: [JobRef],
    description: 'The newest matches, ten at most.',
    resolve: ({ sample }, _args, context) => jobsOf(sample, context),
  }),
  onlyBefore: t.field({
    type: [JobRef],
    description: 'Matches of the saved search that this filter loses, the newest 100 at most.',
    resolve: ({ onlyBefore }, _args, context) => jobsOf(onlyBefore, context),
  }),
  onlyNow: t.field({
    type: [JobRef],
    description: 'Matches of this filter that the saved search does not have, the newest 100 at most.',
    resolve: ({ onlyNow }, _args, context) => jobsOf(onlyNow, context),
  }),
}));
