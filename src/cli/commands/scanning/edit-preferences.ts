import type { Command } from 'commander';
import type { Notice } from '../../../client/operations/answers.ts';
import { exportConfiguration } from '../../../client/operations/filter-operations.ts';
import { type ApplyOptions, applyConfiguration, planConfiguration } from '../../asking/apply-configuration.ts';
import { openSession, type Session } from '../../asking/session.ts';
import { RefusedError, UsageError } from '../../exit.ts';
import { clean } from '../../print.ts';
import type { Shell } from '../../shell.ts';

/** `preferences edit`: the preferences as YAML in the person's editor; what changes is shown before it is. */
export function registerEditPreferences(preferences: Command, shell: Shell): void {
  preferences
    .command('edit')
    .description('Opens the preferences as YAML in your editor, shows what changes, and asks.')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  $ EDITOR=nano ghoststack prospector preferences edit')
    .action(async (options: ApplyOptions, command: Command) => {
      const session = openSession(command, shell);
      const { exportConfiguration: yaml } = await session.client.ask(exportConfiguration, {});
      const text = preferencesOf(yaml);
      const edited = await editUntilFine(session, text);
      if (edited === text) return session.print({ changes: [] }, 'Nothing changes.');
      await applyConfiguration(session, edited, options);
    });
}

/** An export without its searches, which stand behind. */
function preferencesOf(yaml: string): string {
  const [preferences = ''] = yaml.split(/^searches:/m);
  return preferences;
}

/** Hands the text back for as long as something is wrong with it and the person wants to mend it. */
async function editUntilFine(session: Session, text: string): Promise<string> {
  const { shell } = session;
  const edited = await shell.edit(text, 'preferences.yaml');
  if (edited === undefined)
    throw new UsageError('No editor was found, or it ended badly. Set EDITOR, or use preferences set.');
  const { errors } = await planConfiguration(session, edited);
  if (errors.length === 0) return edited;
  if (!shell.isTTY) throw new RefusedError(errors);
  shell.err(`${errors.map(({ message }: Notice) => clean(message)).join('\n')}\n`);
  if (await shell.confirm('Edit it again?')) return editUntilFine(session, edited);
  throw new RefusedError([{ code: 'NOT_CONFIRMED', message: 'Nothing was changed.' }]);
}
