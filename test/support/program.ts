import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A built program that runs, and the lines it has said. */
export interface Program {
  readonly process: ChildProcessWithoutNullStreams;
  readonly lines: readonly string[];
  /** Resolves with the first line, said already or later, that fits. Rejects with all it said when the program ends without one. */
  line(fits: RegExp): Promise<string>;
  /** Sends the signal and resolves with the exit code. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts `dist/<program>` as a user would. */
export function startProgram(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, [`dist/${program}`, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  const lines: string[] = [];
  const wake = new Set<() => void>();
  let ended = false;
  const ending = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      ended = true;
      for (const listener of wake) listener();
      resolve(code);
    }),
  );
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      for (const listener of wake) listener();
    });
  }
  const stop = (signal: NodeJS.Signals) => {
    if (!ended) child.kill(signal);
    return ending;
  };
  return {
    process: child,
    lines,
    line: (fits) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find((line) => fits.test(line));
          if (found !== undefined) resolve(found);
          else if (ended) reject(new Error(`${program} ended without ${fits}:\n${lines.join('\n')}`));
          else return;
          wake.delete(look);
        };
        wake.add(look);
        look();
      }),
    stop,
    [Symbol.asyncDispose]: async () => void (await stop('SIGKILL')),
  };
}

/** Runs `ghoststack prospector …` to its end. */
export function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['dist/cli/main.js', 'prospector', ...args],
      { cwd: root, env: { PATH: process.env['PATH'] ?? '', ...env } },
      (error, out, err) => {
        resolve({ code: error ? Number(error.code) : 0, out, err });
      },
    );
  });
}
