import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './program.ts';

/** The built program as `serve` runs it, in a process and with a home of its own, not connected to any platform. Ends with `await using`. */
export async function startBuiltServer(env: Readonly<Record<string, string>> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'prospector-home-'));
  const program = startProgram('cli/main.js', ['prospector', 'serve'], {
    PROSPECTOR_HOME: home,
    PROSPECTOR_PORT: '0',
    PROSPECTOR_LOG_FORMAT: 'json',
    ...env,
  });
  const { url } = JSON.parse(await program.line(/Prospector is ready/)) as { url: string };
  const port = Number(new URL(url).port);
  const token = readFileSync(join(home, 'owner-token'), 'utf8').trim();
  /** Sends a document with a token, the owner's unless given. */
  const ask = async (query: string, { variables, as = token }: { variables?: object; as?: string } = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, ...(variables && { variables }) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: tests read into replies of every shape
    const reply = (await response.json()) as any;
    return { status: response.status, headers: response.headers, ...reply };
  };
  return {
    url,
    port,
    home,
    token,
    line: program.line,
    ask,
    /** The secret of a new token. */
    makeToken: async (...scopes: string[]): Promise<string> => {
      const query = 'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret } }';
      return (await ask(query, { variables: { input: { name: 'made', scopes } } })).data.createApiToken.secret;
    },
    [Symbol.asyncDispose]: async () => {
      await program.stop('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export type BuiltServer = Awaited<ReturnType<typeof startBuiltServer>>;
