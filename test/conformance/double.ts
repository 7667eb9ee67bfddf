import { startProgram } from '../support/program.ts';

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

/** Starts the built `dist/sandbox/vault.js` and waits for its one line. Rejects with what it says when it ends without one. */
export async function startDouble(args: readonly string[]): Promise<DoubleProcess> {
  const program = startProgram('sandbox/vault.js', args, {});
  const told = JSON.parse(await program.line(/^\{/)) as Omit<DoubleProcess, 'steer' | 'stop'>;
  return {
    ...told,
    steer: (method, path, body) => steer(told.controlUrl, method, path, body),
    stop: async () => void (await program.stop('SIGTERM')),
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
