import type { Command } from 'commander';
import { pauseScanning } from '../../../client/operations/operations.ts';
import { openSession } from '../../asking/session.ts';
import { refuseErrors } from '../../exit.ts';
import type { Shell } from '../../shell.ts';

/** `pause`: no scans until `resume`, also over restarts. */
export function registerPause(program: Command, shell: Shell): void {
  program
    .command('pause')
    .description('Stops scanning until "resume", also over restarts.')
    .option('--reason <text>', 'kept with the pause and shown by "status"')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector pause --reason "on holiday"')
    .action(async ({ reason }: { reason?: string }, command: Command) => {
      const session = openSession(command, shell);
      const input = reason === undefined ? {} : { reason };
      const { pauseScanning: payload } = await session.client.ask(pauseScanning, { input });
      refuseErrors(payload);
      session.print(payload, 'Scanning is paused. Go on with: ghoststack prospector resume');
    });
}
