import type { Command } from 'commander';
import { jobs } from '../../../client/operations/operations.ts';
import { openSession } from '../../asking/session.ts';
import { addJobFilterOptions, type JobFilterOptions, jobFilterOf } from '../../options/job-filter.ts';
import { parseWholeNumber } from '../../options/parse-options.ts';
import { clean } from '../../print.ts';
import type { Shell } from '../../shell.ts';
import { describeJobs } from '../../show/describe-job.ts';

interface Options extends JobFilterOptions {
  query?: string;
  limit: number;
  after?: string;
}

/** `jobs`: one page of what is stored, newest posted first or, with a text query, best first. */
export function registerJobs(program: Command, shell: Shell): void {
  addJobFilterOptions(
    program
      .command('jobs')
      .description('Lists stored jobs, newest posted first.')
      .option('--query <text>', 'full text: words, "phrases", prefix*, -without, OR'),
  )
    .option('--limit <n>', 'how many, at most 100', parseWholeNumber(1, 100), 25)
    .option('--after <cursor>', 'the page after this cursor, as printed below a page')
    .addHelpText(
      'after',
      '\nExample:\n  $ ghoststack prospector jobs --query "graphql -wordpress" --type fixed --limit 10',
    )
    .action(async (options: Options, command: Command) => {
      const session = openSession(command, shell);
      const { query, after, limit } = options;
      const filter = jobFilterOf(options);
      const answer = await session.client.ask(jobs, {
        first: limit,
        ...(query === undefined ? {} : { query }),
        ...(filter === undefined ? {} : { filter }),
        ...(after === undefined ? {} : { after }),
      });
      const { nodes, totalCount, totalCountIsExact, pageInfo } = answer.jobs;
      session.print(answer.jobs, describeJobs(nodes));
      session.note(`${nodes.length} of ${totalCountIsExact ? '' : 'more than '}${totalCount}`);
      if (pageInfo.hasNextPage && pageInfo.endCursor) session.note(`More: --after ${clean(pageInfo.endCursor)}`);
    });
}
