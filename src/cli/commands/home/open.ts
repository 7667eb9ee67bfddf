import type { Command } from 'commander';
import { createLoginLink } from '../../../client/operations/access-operations.ts';
import { openSession } from '../../asking/session.ts';
import { clean, withoutMilliseconds } from '../../print.ts';
import type { Shell } from '../../shell.ts';

/** `open`: a one-time link that logs a browser in. */
export function registerOpen(program: Command, shell: Shell): void {
  program
    .command('open')
    .description('Prints a link that logs a browser in once, and opens it.')
    .option('--no-browser', 'only print the link')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector open')
    .action(async (options: { browser: boolean }, command: Command) => {
      const session = openSession(command, shell);
      const { createLoginLink: link } = await session.client.ask(createLoginLink, {});
      session.print(link, clean(link.url));
      session.note(`The link works once, until ${withoutMilliseconds(link.expiresAt)}.`);
      if (options.browser && shell.isTTY) await shell.openBrowser(link.url);
    });
}
