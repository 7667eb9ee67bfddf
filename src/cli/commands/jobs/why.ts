import type { Command } from 'commander';
import { whyNot } from '../../../client/operations/filter-operations.ts';
import { findJob } from '../../asking/find-job.ts';
import { openSession } from '../../asking/session.ts';
import type { Shell } from '../../shell.ts';
import { describeWhy } from '../../show/describe-preview.ts';

/** `why <job>`: each criterion, what it asked for and what the job has, and what would let it pass. */
export function registerWhy(program: Command, shell: Shell): void {
  program
    .command('why')
    .description('Says why a job does, or does not, match your preferences or a saved search.')
    .argument('<job>', "job_… id, Upwork's number, its ~01… or ~02… form, or the address of the posting")
    .option('--search <id>', 'hold it against this saved search instead of the preferences')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector why ~021890000000000000001')
    .action(async (typed: string, { search }: { search?: string }, command: Command) => {
      const session = openSession(command, shell);
      const { id } = await findJob(session.client, typed);
      const answer = await session.client.ask(whyNot, {
        jobId: id,
        ...(search === undefined ? {} : { savedSearchId: search }),
      });
      session.print(answer.whyNot, describeWhy(answer.whyNot));
    });
}
