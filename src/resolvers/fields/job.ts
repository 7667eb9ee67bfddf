import { builder } from '../../schema/builder.ts';
import { JobRef } from '../../schema/jobs/job.ts';
import { RefusedError } from '../../services/failures/model.ts';

const excerptMax = 10_000;

builder.objectFields(JobRef, (t) => ({
  excerpt: t.string({
    description: 'Plain-text extract; with a text query, the matching part.',
    args: { length: t.arg.int({ defaultValue: 240, description: 'How many characters, at most 10 000.' }) },
    resolve: (job, { length }, { services }) => {
      const characters = length ?? 240;
      if (characters < 1 || characters > excerptMax)
        throw new RefusedError('BAD_USER_INPUT', `\`length\` must be between 1 and ${excerptMax}, not ${characters}.`);
      return services.jobs.excerpt(job, characters, job.textQuery);
    },
  }),
  highlights: t.stringList({
    description: 'HTML-escaped with `<mark>` around matches of the enclosing `jobs(query:)`.',
    resolve: (job, _args, { services }) => (job.textQuery ? services.jobs.highlights(job, job.textQuery) : []),
  }),
}));
