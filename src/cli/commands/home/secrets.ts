import { type Command, Option } from 'commander';
import { RefusedError, UsageError } from '../../exit.ts';
import { clean, toJson } from '../../print.ts';
import type { Shell } from '../../shell.ts';

/** The work on secrets, which needs no server. Loaded when it is asked for, so that every other command starts without its libraries. */
export interface SecretsModules {
  rotate(env: NodeJS.ProcessEnv, wish: { passphraseFile?: string; keyFile?: boolean }): Promise<Rotated>;
  move(env: NodeJS.ProcessEnv, to: 'vault' | 'embedded', warn: (line: string) => void): Promise<Moved>;
}

interface Rotated {
  readonly secrets: number;
  readonly key: 'file' | 'passphrase';
  readonly file: string;
  readonly copies: Copies;
}

/** Copies made before migrations: those whose secrets are gone, and those that are gone. */
interface Copies {
  readonly emptied: readonly string[];
  readonly removed: readonly string[];
}

interface Moved {
  readonly copied: number;
  readonly removed: number;
  readonly place: string;
  readonly copies: Copies;
}

/** `secrets rotate-key|migrate`: work on the secrets at rest, on the files of this machine. */
export function registerSecrets(program: Command, shell: Shell): void {
  registerSecretsWith(program, shell, loadModules);
}

/** The same with the work handed in. */
export function registerSecretsWith(program: Command, shell: Shell, load: () => Promise<SecretsModules>): void {
  const secrets = program
    .command('secrets')
    .description('Works on the stored secrets themselves, on this machine and without a server.');
  registerRotateKey(secrets, shell, load);
  registerMigrate(secrets, shell, load);
}

function registerRotateKey(secrets: Command, shell: Shell, load: () => Promise<SecretsModules>): void {
  secrets
    .command('rotate-key')
    .description('Encrypts the secrets in the database anew under a new key. A server that runs goes on.')
    .addOption(
      new Option('--new-passphrase-file <path>', 'use the passphrase in this file from now on').conflicts('useKeyFile'),
    )
    .option('--use-key-file', 'use a random key in the key file from now on, instead of a passphrase')
    .addHelpText(
      'after',
      '\nWithout an option: a new random key, or, where PROSPECTOR_PASSPHRASE_FILE is set, the passphrase in that file.\n\nExample:\n  $ ghoststack prospector secrets rotate-key',
    )
    .action(async (options: { newPassphraseFile?: string; useKeyFile?: boolean }, command: Command) => {
      const { newPassphraseFile: passphraseFile, useKeyFile: keyFile } = options;
      const modules = await load();
      const rotated = await translated(() =>
        modules.rotate(shell.env as NodeJS.ProcessEnv, {
          ...(passphraseFile !== undefined && { passphraseFile }),
          ...(keyFile !== undefined && { keyFile }),
        }),
      );
      tell(command, shell, rotated, describeRotation(rotated, shell.env['PROSPECTOR_PASSPHRASE_FILE'] || undefined));
    });
}

function registerMigrate(secrets: Command, shell: Shell, load: () => Promise<SecretsModules>): void {
  secrets
    .command('migrate')
    .description('Moves the secrets to Vault, or from Vault into the database. The server must be stopped.')
    .addOption(new Option('--to <store>', 'where they are to be').choices(['vault', 'embedded']).makeOptionMandatory())
    .addHelpText(
      'after',
      '\nVAULT_ADDR and the log-in are needed either way. May be interrupted and run again.\n\nExample:\n  $ VAULT_ADDR=https://vault.example.com:8200 VAULT_TOKEN_FILE=token ghoststack prospector secrets migrate --to vault',
    )
    .action(async ({ to }: { to: 'vault' | 'embedded' }, command: Command) => {
      const modules = await load();
      const moved = await translated(() => modules.move(shell.env as NodeJS.ProcessEnv, to, (line) => shell.err(line)));
      tell(command, shell, moved, describeMove(moved, to));
    });
}

async function loadModules(): Promise<SecretsModules> {
  const [{ loadConfiguration }, { createLogger }, { moveSecrets, rotateSecretsKey }] = await Promise.all([
    import('../../../config.ts'),
    import('../../../log.ts'),
    import('../../../server/work-on-secrets.ts'),
  ]);
  return {
    rotate: async (env, wish) => rotateSecretsKey(loadConfiguration(env), wish),
    move: async (env, to, warn) =>
      moveSecrets(
        loadConfiguration(env),
        to,
        createLogger({ level: 'error', format: 'pretty', destination: { write: warn } }),
      ),
  };
}

/** Failures of the work in the words and exit codes of the command line. */
async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { name, message } = error as Error;
    const { code } = error as { code?: unknown };
    if (name === 'ConfigurationError') throw new UsageError(message);
    if (name === 'SecretStoreError')
      throw new RefusedError([{ code: code === 'conflict' ? 'CONFLICT' : 'SECRET_STORE_UNAVAILABLE', message }]);
    if (name === 'HomeError' || name === 'DatabaseError') throw new RefusedError([{ code: 'NOT_DONE', message }]);
    throw error;
  }
}

function tell(command: Command, shell: Shell, value: unknown, [text, ...notes]: readonly [string, ...string[]]): void {
  const { json } = command.optsWithGlobals<{ json?: boolean }>();
  shell.out(`${json ? toJson(value, 2) : clean(text)}\n`);
  if (!json) for (const note of notes) shell.err(`${clean(note)}\n`);
}

const secretsOf = (count: number) => (count === 1 ? '1 secret' : `${count} secrets`);

/** A sentence for each kind of copy that was touched. */
function describeCopies({ emptied, removed }: Copies, why: string): string[] {
  return [
    ...emptied.map((file) => `Deleted the secrets in the copy ${file}: ${why}. Whoever goes back to it connects anew.`),
    ...removed.map((file) => `Deleted the copy ${file}, which was damaged: ${why}.`),
  ];
}

function describeRotation(
  { secrets, key, file, copies }: Rotated,
  configured: string | undefined,
): [string, ...string[]] {
  const done = `Encrypted ${secretsOf(secrets)} anew under the ${key === 'file' ? 'new key' : 'passphrase'} in ${file}.`;
  const backup = 'Backups of the database made before need the old one. Keep the new one apart from backups.';
  const notes = [...describeCopies(copies, 'they were under the old key'), backup];
  if (key === 'passphrase')
    return [done, ...notes, `Start the server with PROSPECTOR_PASSPHRASE_FILE=${file} from now on.`];
  return configured === undefined
    ? [done, ...notes]
    : [done, ...notes, 'Unset PROSPECTOR_PASSPHRASE_FILE before the server starts again.'];
}

function describeMove({ copied, removed, place, copies }: Moved, to: 'vault' | 'embedded'): [string, ...string[]] {
  const done =
    copied + removed === 0
      ? `All secrets are in ${place}.`
      : `Moved ${secretsOf(Math.max(copied, removed))} to ${place}; nothing is left at the old place.`;
  return [
    done,
    ...describeCopies(copies, 'its secrets are in Vault now'),
    to === 'vault'
      ? 'Start the server with VAULT_ADDR and the log-in set, as now.'
      : 'Unset VAULT_ADDR before the server starts again.',
  ];
}
