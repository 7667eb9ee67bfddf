import type { Command } from 'commander';
import { scanPreferences, updateScanPreferences } from '../../../client/operations/operations.ts';
import { openSession } from '../../asking/session.ts';
import { refuseErrors, UsageError } from '../../exit.ts';
import { addPreferenceOptions, type PreferenceOptions, preferencesInputOf } from '../../options/preference-options.ts';
import type { Shell } from '../../shell.ts';
import { describePreferences } from '../../show/describe-preferences.ts';
import { registerEditPreferences } from './edit-preferences.ts';

/** `preferences [show|set|edit]`: what and how often to scan. */
export function registerPreferences(program: Command, shell: Shell): void {
  const preferences = program.command('preferences').description('Shows or changes what is scanned and how often.');
  preferences
    .command('show', { isDefault: true })
    .description('Shows the scan preferences (the default).')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector preferences show')
    .action(async (_options: object, command: Command) => {
      const session = openSession(command, shell);
      const answer = await session.client.ask(scanPreferences, {});
      session.print(answer.scanPreferences, describePreferences(answer.scanPreferences));
    });
  addPreferenceOptions(preferences.command('set'))
    .description('Changes what is named and leaves the rest; also written to prospector.yaml.')
    .addHelpText(
      'after',
      '\nExample:\n  $ ghoststack prospector preferences set --interval 30m --category "Web Development" --type fixed',
    )
    .action(async (options: PreferenceOptions, command: Command) => {
      const input = preferencesInputOf(options);
      if (Object.keys(input).every((key) => key === 'dryRun')) {
        throw new UsageError('Nothing to change. Name a preference, for instance --interval 30m.');
      }
      const session = openSession(command, shell);
      const { updateScanPreferences: payload } = await session.client.ask(updateScanPreferences, { input });
      refuseErrors(payload);
      session.warn(payload.warnings);
      const { matchingJobs } = payload;
      const text = payload.scanPreferences ? describePreferences({ ...payload.scanPreferences, warnings: [] }) : '';
      session.print(payload, text);
      if (matchingJobs !== null) session.note(`Stored jobs that match: ${matchingJobs}`);
      if (options.dryRun) session.note('Dry run: nothing was changed.');
    });
  registerEditPreferences(preferences, shell);
}
