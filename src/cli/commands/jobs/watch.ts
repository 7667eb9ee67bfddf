import type { Command } from 'commander';
import { jobPosted, latestCursor } from '../../../client/operations/operations.ts';
import { openSession } from '../../asking/session.ts';
import { untilStopped } from '../../asking/until-stopped.ts';
import { addJobFilterOptions, type JobFilterOptions, jobFilterOf } from '../../options/job-filter.ts';
import { parseWholeNumber } from '../../options/parse-options.ts';
import { withoutMilliseconds } from '../../print.ts';
import type { Shell } from '../../shell.ts';
import { describeJobLine } from '../../show/describe-job.ts';

interface Options extends JobFilterOptions {
  after?: string;
  limit?: number;
}

/** `watch`: the feed of new jobs, over lost connections and restarts of the server, until stopped. */
export function registerWatch(program: Command, shell: Shell): void {
  addJobFilterOptions(
    program
      .command('watch')
      .description('Prints new jobs as they are found, until stopped. Nothing is lost while away.'),
  )
    .option('--after <cursor>', 'first what came after this cursor, then what comes')
    .option('--limit <n>', 'end after so many jobs', parseWholeNumber(1, 1_000_000))
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector watch --type hourly --json')
    .action(async (options: Options, command: Command) => {
      const session = openSession(command, shell);
      await untilStopped(shell, async (signal) => {
        // The place in the log is fixed before following: a connection lost before the first event resumes from there too.
        const after = options.after ?? (await session.client.ask(latestCursor, {})).system.latestEventCursor;
        const filter = jobFilterOf(options);
        session.note('Waiting for new jobs. Ctrl-C ends.');
        const events = session.client.follow(jobPosted, filter ? { filter } : {}, {
          after,
          signal,
          onInterruption: () => session.note('The connection was lost. Trying again…'),
        });
        let left = options.limit ?? Number.POSITIVE_INFINITY;
        for await (const event of events) {
          session.printEntry(event, `${withoutMilliseconds(event.job.postedAt)}  ${describeJobLine(event.job)}`);
          left -= 1;
          if (left === 0) break;
        }
      });
    });
}
