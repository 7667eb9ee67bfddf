import type { Command } from 'commander';
import { RefusedError, UsageError } from '../../exit.ts';
import { clean, toJson } from '../../print.ts';
import type { Shell } from '../../shell.ts';

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
      // From the first moment on: a signal that comes while the server starts ends it as soon as it can be closed.
      const stop = listenForStop(shell);
      try {
        const server = await start(await load(), shell);
        if (json) shell.out(`${toJson({ url: server.url })}\n`);
        await runUntilStopped(server, shell, stop);
      } finally {
        stop.forget();
      }
    });
}

async function loadServer(): Promise<
  ServerModules<ReturnType<typeof import('../../../config.ts')['loadConfiguration']>>
> {
  const [{ loadConfiguration }, { startServer }] = await Promise.all([
    import('../../../config.ts'),
    import('../../../server/start.ts'),
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

interface StopSignals {
  /** Resolves at the first signal. */
  readonly first: Promise<void>;
  /** Resolves at the second one. */
  readonly second: Promise<void>;
  forget(): void;
}

function listenForStop(shell: Shell): StopSignals {
  let count = 0;
  const arrive: (() => void)[] = [];
  const first = new Promise<void>((resolve) => arrive.push(resolve));
  const second = new Promise<void>((resolve) => arrive.push(resolve));
  const forget = shell.onStop(() => {
    arrive[count]?.();
    count += 1;
  });
  return { first, second, forget };
}

async function runUntilStopped(server: { close(): Promise<void> }, shell: Shell, stop: StopSignals): Promise<void> {
  await stop.first;
  const timeIsUp = new AbortController();
  const outcome = await Promise.race([
    server.close().then(
      () => undefined,
      (error: Error) => `The server did not close cleanly: ${clean(error.message)}`,
    ),
    stop.second.then(() => 'Stopped at once; what was open was not closed.'),
    shell.sleep(closingTimeMs, timeIsUp.signal).then(() => 'The server did not close within 10 s.'),
  ]);
  timeIsUp.abort();
  if (outcome !== undefined) throw new RefusedError([{ code: 'NOT_CLOSED', message: outcome }]);
}
