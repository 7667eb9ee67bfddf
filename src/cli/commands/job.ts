import type { Command } from 'commander';
import type { JobDetail } from '../../client/answers.ts';
import type { ProspectorClient } from '../../client/client.ts';
import { job, jobByExternalId } from '../../client/operations.ts';
import { describeJob } from '../describe-job.ts';
import { RefusedError } from '../exit.ts';
import { parseJobReference } from '../job-reference.ts';
import { clean } from '../print.ts';
import { openSession } from '../session.ts';
import type { Shell } from '../shell.ts';

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
      if (!found) throw new RefusedError([{ code: 'NOT_FOUND', message: `No job is stored as ${clean(id)}.` }]);
      session.print(found, describeJob(found));
    });
}

async function findJob(client: ProspectorClient, typed: string): Promise<JobDetail | null> {
  const reference = parseJobReference(typed);
  if ('id' in reference) return (await client.ask(job, reference)).job;
  return (await client.ask(jobByExternalId, reference)).jobByExternalId;
}
