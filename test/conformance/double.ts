import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A double in a process of its own. */
export interface DoubleProcess {
  url: string;
  controlUrl: string;
  rootToken: string;
  unsealKeys: string[];
  /** Asks its control port. Rejects with what it says when it refuses. */
  steer(method: string, path: string, body?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts `sandbox/vault/main.ts` and waits for its one line. Rejects with what it says when it ends without one. */
export async function startDouble(args: readonly string[]): Promise<DoubleProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/vault/main.ts', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void ended.then(() => reject(new Error(`The double ended without a word of where it is: ${said.join('')}`)));
  });
  const told = JSON.parse(line) as Omit<DoubleProcess, 'steer' | 'stop'>;
  return {
    ...told,
    steer: (method, path, body) => steer(told.controlUrl, method, path, body),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function steer(controlUrl: string, method: string, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${controlUrl}${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as { error?: string };
  if (!response.ok) throw new Error(`${method} ${path}: ${answer.error}`);
  return answer;
}
