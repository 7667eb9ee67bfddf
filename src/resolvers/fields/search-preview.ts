import { builder } from '../../schema/builder.ts';
import type { Context } from '../../schema/context.ts';
import { JobRef } from '../../schema/jobs/job.ts';
import { pageSizeMax } from '../../schema/page.ts';
import { SearchPreviewRef } from '../../schema/searches/search-preview.ts';
import { RefusedError } from '../../services/failures/model.ts';

const jobsOf = (ids: readonly string[], { services }: Context) => ids.flatMap((id) => services.jobs.byId(id) ?? []);
/** @throws RefusedError BAD_USER_INPUT for a `first` that is no size of a page */
function newest(ids: readonly string[], first: number, context: Context) {
  if (first < 0 || first > pageSizeMax)
    throw new RefusedError('BAD_USER_INPUT', `\`first\` is a whole number from 0 to ${pageSizeMax}; it was ${first}.`);
  return jobsOf(ids.slice(0, first), context);
}

builder.objectFields(SearchPreviewRef, (t) => {
  const first = t.arg.int({
    required: true,
    defaultValue: 25,
    description: 'How many, the newest first; 100 at most.',
  });
  return {
    sample: t.field({
      type: [JobRef],
      description: 'The newest matches, ten at most.',
      resolve: ({ sample }, _args, context) => jobsOf(sample, context),
    }),
    onlyBefore: t.field({
      type: [JobRef],
      args: { first },
      description: 'Matches of the saved search that this filter loses, the newest first.',
      resolve: ({ onlyBefore }, args, context) => newest(onlyBefore, args.first, context),
    }),
    onlyNow: t.field({
      type: [JobRef],
      args: { first },
      description: 'Matches of this filter that the saved search does not have, the newest first.',
      resolve: ({ onlyNow }, args, context) => newest(onlyNow, args.first, context),
    }),
  };
});
