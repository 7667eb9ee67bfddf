import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { startSandbox } from '../../sandbox/start.ts';
import { quietYaml } from './app.ts';
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
    /** A stranger's request. */
    fetchBare: (path: string, init: RequestInit = {}) => fetch(`${url}${path}`, { redirect: 'manual', ...init }),
    /** A session's cookie, as a browser would send it. */
    logIn: async () => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${url}/login`, { method: 'POST', headers, body: JSON.stringify({ token }) });
      return response.headers.get('set-cookie')?.split(';')[0] ?? '';
    },
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

/** The same, connected to a sandbox that has no postings yet. */
export async function startConnectedServer(env: Readonly<Record<string, string>> = {}) {
  const sandbox = await startSandbox({ autoApprove: true, backlog: 0, postingsPerMinute: 0 });
  const files = mkdtempSync(join(tmpdir(), 'prospector-files-'));
  const [secret, yaml] = [join(files, 'client-secret'), join(files, 'prospector.yaml')];
  writeFileSync(secret, sandbox.clientSecret, { mode: 0o600 });
  writeFileSync(yaml, quietYaml);
  const server = await startBuiltServer({
    PROSPECTOR_CONFIG: yaml,
    UPWORK_CLIENT_ID: sandbox.clientId,
    UPWORK_CLIENT_SECRET_FILE: secret,
    UPWORK_AUTHORIZE_URL: sandbox.authorizeUrl,
    UPWORK_TOKEN_URL: sandbox.tokenUrl,
    UPWORK_GRAPHQL_URL: sandbox.graphqlUrl,
    ...env,
  });
  const data = async (query: string, variables?: object) => {
    const reply = await server.ask(query, { ...(variables && { variables }) });
    expect([query, reply.errors]).toEqual([query, undefined]);
    return reply.data;
  };
  const scanned = () =>
    vi.waitFor(
      async () => {
        const { scans } = await data('{ scans(first: 1) { nodes { status } } }');
        expect(scans.nodes[0]?.status).toMatch(/SUCCEEDED|PARTIAL|FAILED|CANCELLED/);
      },
      { timeout: 30_000 },
    );
  const { connectUpwork } = await data('mutation { connectUpwork { authorizationUrl } }');
  await fetch(connectUpwork.authorizationUrl);
  await scanned();
  return {
    ...server,
    sandbox,
    /** Sends a document as the owner; fails where there are errors. */
    data,
    /** Begins a scan. */
    runScan: () => data('mutation { runScan { errors { code } } }'),
    /** Waits until no scan runs. */
    scanned,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await sandbox.close();
      rmSync(files, { recursive: true, force: true });
    },
  };
}

export type BuiltServer = Awaited<ReturnType<typeof startBuiltServer>>;
