import { Command, CommanderError } from 'commander';
import { registerConnect } from './commands/connection/connect.ts';
import { registerDisconnect } from './commands/connection/disconnect.ts';
import { registerStatus } from './commands/connection/status.ts';
import { registerExport, registerImport } from './commands/home/configuration.ts';
import { registerOpen } from './commands/home/open.ts';
import { registerSecrets } from './commands/home/secrets.ts';
import { registerServe } from './commands/home/serve.ts';
import { registerTokens } from './commands/home/tokens.ts';
import { registerEvents } from './commands/jobs/events.ts';
import { registerJob } from './commands/jobs/job.ts';
import { registerJobs } from './commands/jobs/jobs.ts';
import { registerWatch } from './commands/jobs/watch.ts';
import { registerWhy } from './commands/jobs/why.ts';
import { registerContracts } from './commands/proposals/contracts.ts';
import { registerProposals } from './commands/proposals/proposals.ts';
import { registerPause } from './commands/scanning/pause.ts';
import { registerPreferences } from './commands/scanning/preferences.ts';
import { registerResume } from './commands/scanning/resume.ts';
import { registerScan } from './commands/scanning/scan.ts';
import { registerPreview } from './commands/searches/preview.ts';
import { registerSearches } from './commands/searches/searches.ts';
import { exitCodes, judgeFailure } from './exit.ts';
import { refuseSecretOptions } from './options/refuse-secret-options.ts';
import { withoutValues } from './options/without-values.ts';
import { clean, cleanBlock, toJson } from './print.ts';
import type { Shell } from './shell.ts';

/** Adds one command, with its help and its action, to `prospector`. */
export type RegisterCommand = (program: Command, shell: Shell) => void;

/** The commands, in the order the help shows them. */
const commands: readonly RegisterCommand[] = [
  registerServe,
  registerConnect,
  registerStatus,
  registerDisconnect,
  registerOpen,
  registerScan,
  registerPause,
  registerResume,
  registerJobs,
  registerJob,
  registerWhy,
  registerPreview,
  registerWatch,
  registerEvents,
  registerProposals,
  registerContracts,
  registerPreferences,
  registerSearches,
  registerExport,
  registerImport,
  registerTokens,
  registerSecrets,
];

/** Runs one command line (`words` without node and script) and answers with the exit code. Never throws, never ends the process. */
export async function run(
  words: readonly string[],
  shell: Shell,
  register: readonly RegisterCommand[] = commands,
): Promise<number> {
  try {
    refuseSecretOptions(words);
    await createProgram(shell, register).parseAsync([...words], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    return tellFailure(error, words.includes('--json'), shell);
  }
}

function createProgram(shell: Shell, register: readonly RegisterCommand[]): Command {
  const ghoststack = new Command('ghoststack')
    .exitOverride()
    .configureOutput({
      writeOut: shell.out,
      writeErr: shell.err,
      outputError: (message, write) => write(withoutValues(message)),
    })
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('Add --help for what this command takes.')
    .description('Tools for one freelancer or one agency.');
  const prospector = ghoststack
    .command('prospector')
    .description('Finds Upwork job postings, pushes them, and follows what comes of them. Not affiliated with Upwork.')
    .option('--json', 'print JSON: one document, or one line for each entry of a stream')
    .option('--url <address>', 'server to ask (default: PROSPECTOR_URL, else server.json in PROSPECTOR_HOME)')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 the server said no, 2 wrong usage, 3 no server reachable.\n\nExample:\n  $ ghoststack prospector serve',
    );
  for (const add of register) add(prospector, shell);
  return ghoststack;
}

function tellFailure(error: unknown, json: boolean, shell: Shell): number {
  const failure = judgeFailure(error);
  if (failure === undefined) {
    const message = error instanceof Error ? error.message : String(error);
    shell.err(`Something went wrong that nobody expected: ${clean(message)}\n`);
    return exitCodes.refused;
  }
  if (failure.notices.length > 0 && json) shell.out(`${toJson({ errors: failure.notices })}\n`);
  else for (const notice of failure.notices) shell.err(`${describe(notice)}\n`);
  return failure.exitCode;
}

function describe({ message, path }: { message: string; path?: string[] | null }): string {
  const where = path?.filter((part) => part !== 'input').join('.');
  return cleanBlock(where ? `${where}: ${message}` : message);
}
