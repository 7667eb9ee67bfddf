import type { Command } from 'commander';
import { resumeScanning } from '../../../client/operations/operations.ts';
import { openSession } from '../../asking/session.ts';
import { refuseErrors } from '../../exit.ts';
import { withoutMilliseconds } from '../../print.ts';
import type { Shell } from '../../shell.ts';

/** `resume`: ends a pause, also the one a restriction of the account made. */
export function registerResume(program: Command, shell: Shell): void {
  program
    .command('resume')
    .description('Goes on scanning after "pause" or after a restriction of the account.')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector resume')
    .action(async (_options: object, command: Command) => {
      const session = openSession(command, shell);
      const { resumeScanning: payload } = await session.client.ask(resumeScanning, {});
      refuseErrors(payload);
      const next = payload.platformStatus?.nextScanAt;
      session.print(payload, `Scanning goes on.${next ? ` Next scan: ${withoutMilliseconds(next)}` : ''}`);
    });
}
