import type { Command } from 'commander';
import { RefusedError, UsageError } from '../exit.ts';
import { clean, toJson } from '../print.ts';
import type { Shell } from '../shell.ts';

/** The parts of the server `serve` needs. Loaded when it runs, so that every other command starts without them. */
export interface ServerModules<Configuration> {
  loadConfiguration(env: NodeJS.ProcessEnv): Configuration;
  startServer(configuration: Configuration): Promise<{ url: string; close(): Promise<void> }>;
}

const closingTimeMs = 10_000;

/** `serve`: runs the server until SIGINT or SIGTERM. Exit code 2 for a configuration with problems, 1 where it cannot start or close. */
export function registerServe(program: Command, shell: Shell): void {
  registerServeWith(program, shell, loadServer);
}

/** The same with the server handed in. */
export function registerServeWith<Configuration>(
  program: Command,
  shell: Shell,
  load: () => Promise<ServerModules<Configuration>>,
): void {
  program
    .command('serve')
    .description('Runs the server until Ctrl-C. Configured by prospector.yaml and the environment.')
    .addHelpText('after', '\nExample:\n  $ PROSPECTOR_PORT=4000 ghoststack prospector serve')
    .action(async (_options: object, command: Command) => {
      const { json } = command.optsWithGlobals<{ json?: boolean }>();
      const server = await start(await load(), shell);
      if (json) shell.out(`${toJson({ url: server.url })}\n`);
      await runUntilStopped(server, shell);
    });
}

async function loadServer(): Promise<ServerModules<ReturnType<typeof import('../../config.ts')['loadConfiguration']>>> {
  const [{ loadConfiguration }, { startServer }] = await Promise.all([
    import('../../config.ts'),
    import('../../server/start.ts'),
  ]);
  return { loadConfiguration, startServer };
}

async function start<Configuration>({ loadConfiguration, startServer }: ServerModules<Configuration>, shell: Shell) {
  let configuration: Configuration;
  try {
    configuration = loadConfiguration(shell.env as NodeJS.ProcessEnv);
  } catch (error) {
    if (error instanceof Error && error.name === 'ConfigurationError') throw new UsageError(error.message);
    throw error;
  }
  try {
    return await startServer(configuration);
  } catch (error) {
    if (error instanceof Error && error.name === 'ConfigurationError') throw new UsageError(error.message);
    throw new RefusedError([{ code: 'NOT_STARTED', message: describeStartFailure(error) }]);
  }
}

function describeStartFailure(error: unknown): string {
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code !== 'EADDRINUSE') return `The server did not start: ${clean(message)}`;
  return `Port ${port ?? ''} is taken. Stop what uses it, or choose another with PROSPECTOR_PORT (0 is any free one).`;
}

function runUntilStopped(server: { close(): Promise<void> }, shell: Shell): Promise<void> {
  return new Promise((resolve, reject) => {
    let signals = 0;
    const forget = shell.onStop(() => {
      signals += 1;
      if (signals > 1) return fail('Stopped at once; what was open was not closed.');
      const timeIsUp = new AbortController();
      shell.sleep(closingTimeMs, timeIsUp.signal).then(() => fail('The server did not close within 10 s.'));
      server
        .close()
        .then(resolve, (error: Error) => fail(`The server did not close cleanly: ${clean(error.message)}`))
        .finally(() => {
          timeIsUp.abort();
          forget();
        });
    });
    const fail = (message: string) => reject(new RefusedError([{ code: 'NOT_CLOSED', message }]));
  });
}
