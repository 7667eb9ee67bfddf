import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { exportConfiguration } from '../../../client/operations/filter-operations.ts';
import { type ApplyOptions, applyConfiguration } from '../../asking/apply-configuration.ts';
import { openSession } from '../../asking/session.ts';
import { UsageError } from '../../exit.ts';
import { readText } from '../../options/read-text.ts';
import { clean } from '../../print.ts';
import type { Shell } from '../../shell.ts';

/** `export`: preferences and saved searches as YAML. */
export function registerExport(program: Command, shell: Shell): void {
  program
    .command('export')
    .description('Writes preferences and saved searches as YAML. No secret is in it.')
    .option('--output <file>', 'into this file instead of standard output')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector export --output prospector-backup.yaml')
    .action(async ({ output }: { output?: string }, command: Command) => {
      const session = openSession(command, shell);
      const { exportConfiguration: yaml } = await session.client.ask(exportConfiguration, {});
      if (output === undefined) return session.print({ yaml }, yaml.trimEnd());
      try {
        writeFileSync(output, yaml);
      } catch (error) {
        throw new UsageError(`Cannot write ${output} (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
      }
      session.print({ file: output }, `Written: ${clean(output)}`);
    });
}

/** `import`: shows what a text changes, asks, and puts it in force. */
export function registerImport(program: Command, shell: Shell): void {
  program
    .command('import')
    .description('Puts an exported configuration in force. Shows what changes and asks first.')
    .argument('<file>', 'YAML as export writes it; - for standard input')
    .option('--yes', 'do not ask')
    .option('--dry-run', 'show what would change, change nothing')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector import prospector-backup.yaml --dry-run')
    .action(async (file: string, options: ApplyOptions, command: Command) => {
      const session = openSession(command, shell);
      await applyConfiguration(session, await readText(file, shell), options);
    });
}
