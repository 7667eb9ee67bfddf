import type { Command } from 'commander';
import { disconnectPlatform } from '../../../client/operations/operations.ts';
import { openSession } from '../../asking/session.ts';
import { refuseErrors, UsageError } from '../../exit.ts';
import { platformArgument } from '../../options/platform.ts';
import type { Shell } from '../../shell.ts';

interface Options {
  revoke: boolean;
  purge?: boolean;
  yes?: boolean;
}

/** `disconnect upwork`: forgets the tokens; with `--purge` also what was read, after asking. */
export function registerDisconnect(program: Command, shell: Shell): void {
  program
    .command('disconnect')
    .description('Deletes the tokens of a platform here and revokes them there. Searches and history stay.')
    .addArgument(platformArgument())
    .option('--no-revoke', 'do not ask the platform to revoke the tokens')
    .option('--purge', 'also delete jobs, proposals and contracts read from it (asks first)')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector disconnect upwork')
    .action(async (platform: string, options: Options, command: Command) => {
      const session = openSession(command, shell);
      if (options.purge && !options.yes && !(await mayPurge(shell))) {
        return session.print({ disconnected: false }, 'Nothing was changed.');
      }
      const input = { platform, revoke: options.revoke, purgeData: options.purge ?? false };
      const { disconnectPlatform: payload } = await session.client.ask(disconnectPlatform, { input });
      refuseErrors(payload);
      const revoked = payload.revoked ? ' The tokens were revoked.' : '';
      const purged = payload.purgedRecords ? ` Records deleted: ${payload.purgedRecords}.` : '';
      session.print(payload, `Disconnected from Upwork.${revoked}${purged}`);
    });
}

async function mayPurge(shell: Shell): Promise<boolean> {
  if (!shell.isTTY)
    throw new UsageError('--purge deletes what was read from Upwork. Add --yes to do it without asking.');
  return shell.confirm('Delete all jobs, proposals and contracts read from Upwork?');
}
