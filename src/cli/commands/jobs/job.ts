import type { Command } from 'commander';
import { findJob } from '../../asking/find-job.ts';
import { openSession } from '../../asking/session.ts';
import type { Shell } from '../../shell.ts';
import { describeJob } from '../../show/describe-job.ts';

/** `job <id>`: everything kept of one job, under whichever id it is known. */
export function registerJob(program: Command, shell: Shell): void {
  program
    .command('job')
    .description('Shows one job.')
    .argument('<id>', "job_… id, Upwork's number, its ~01… or ~02… form, or the address of the posting")
    .addHelpText(
      'after',
      '\nExample:\n  $ ghoststack prospector job https://www.upwork.com/jobs/~021890000000000000001',
    )
    .action(async (id: string, _options: object, command: Command) => {
      const session = openSession(command, shell);
      const found = await findJob(session.client, id);
      session.print(found, describeJob(found));
    });
}
