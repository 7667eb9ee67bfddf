import type { Command } from 'commander';
import { platformStatus } from '../../../client/operations/operations.ts';
import { openSession } from '../../asking/session.ts';
import { parsePlatform } from '../../options/platform.ts';
import type { Shell } from '../../shell.ts';
import { describeStatus } from '../../show/describe-status.ts';

/** `status`: how the connection is, and what to do if it is not well. Exit code 0 whenever the server could say. */
export function registerStatus(program: Command, shell: Shell): void {
  program
    .command('status')
    .description('Shows the connection to a platform, and the next step where something is wrong.')
    .option('--platform <platform>', 'platform to show', parsePlatform, 'UPWORK')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector status --platform upwork')
    .action(async (options: { platform: string }, command: Command) => {
      const session = openSession(command, shell);
      const answer = await session.client.ask(platformStatus, { platform: options.platform });
      session.print(answer.platformStatus, describeStatus(answer.platformStatus));
    });
}
