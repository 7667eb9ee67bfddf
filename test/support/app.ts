import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { createClient } from 'graphql-ws';
import { expect } from 'vitest';
import WebSocket from 'ws';
import { startSandbox } from '../../sandbox/start.ts';
import { loadConfiguration } from '../../src/config.ts';
import { startServer } from '../../src/server/start.ts';

/** What a test may ask of the whole. */
export interface AppOptions {
  /** Text of prospector.yaml. */
  readonly yaml?: string;
  /** More environment, over what the app needs. */
  readonly env?: Readonly<Record<string, string>>;
  readonly sandbox?: NonNullable<Parameters<typeof startSandbox>[0]>;
  /** Connects before the test begins. */
  readonly connected?: boolean;
}

/** A GraphQL reply, as it came. */
export interface Reply {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Every few seconds is allowed against a sandbox on loopback. An hour keeps the schedule out of tests that scan by hand. */
export const quietYaml =
  "platforms:\n  upwork:\n    scan_everything: true\n    scan_interval: '1h'\n    requests_per_day: 40000\n";

/** The whole product on real sockets and files: sandbox, home in a temporary folder, server. Everything ends with `await using`. */
export async function startApp(options: AppOptions = {}) {
  const sandbox = await startSandbox({ autoApprove: true, backlog: 0, postingsPerMinute: 0, ...options.sandbox });
  const home = mkdtempSync(join(tmpdir(), 'prospector-home-'));
  writeFileSync(join(home, 'prospector.yaml'), options.yaml ?? quietYaml);
  writeFileSync(join(home, 'client-secret'), sandbox.clientSecret, { mode: 0o600 });
  const start = () =>
    startServer(
      loadConfiguration({
        PROSPECTOR_HOME: home,
        PROSPECTOR_PORT: '0',
        PROSPECTOR_LOG_LEVEL: 'silent',
        UPWORK_CLIENT_ID: sandbox.clientId,
        UPWORK_CLIENT_SECRET_FILE: join(home, 'client-secret'),
        UPWORK_AUTHORIZE_URL: sandbox.authorizeUrl,
        UPWORK_TOKEN_URL: sandbox.tokenUrl,
        UPWORK_GRAPHQL_URL: sandbox.graphqlUrl,
        ...options.env,
      }),
    );
  let server = await start();
  const token = options.env?.['PROSPECTOR_TOKEN'] ?? readFileSync(join(home, 'owner-token'), 'utf8').trim();
  const app = {
    sandbox,
    home,
    token,
    get url() {
      return server.url;
    },
    /** Sends a document as the owner and answers with the reply, whatever it is. */
    ask: (query: string, variables?: Record<string, unknown>) => ask(server.url, token, query, variables),
    /** The same, failing with query, variables and reply where there are errors. */
    data: async (query: string, variables?: Record<string, unknown>) => {
      const reply = await ask(server.url, token, query, variables);
      if (!reply.data || reply.errors)
        expect.fail(`${query}\n${JSON.stringify(variables)}\n${JSON.stringify(reply, null, 2)}`);
      // biome-ignore lint/suspicious/noExplicitAny: tests read into replies of every shape
      return reply.data as any;
    },
    /** A subscription whose results are taken one by one. */
    follow: (query: string, variables?: Record<string, unknown>) => follow(server.url, token, query, variables),
    /** Walks the OAuth flow as a browser would and waits until the first scan has ended. */
    connect: async () => {
      const { connectUpwork } = await app.data(
        'mutation { connectUpwork { authorizationUrl errors { code message } } }',
      );
      expect(connectUpwork.errors).toEqual([]);
      const page = await fetch(connectUpwork.authorizationUrl);
      expect(page.status).toBe(200);
      await app.scanned();
    },
    /** Waits until no scan runs and at least one has ended. */
    scanned: () =>
      expect
        .poll(
          async () => {
            const { scans } = await app.data('{ scans(first: 1) { nodes { status } } }');
            return scans.nodes[0]?.status;
          },
          { timeout: 15_000, interval: 50 },
        )
        .toMatch(/SUCCEEDED|PARTIAL|FAILED|CANCELLED/),
    /** Scans by hand and answers with the finished scan. */
    scan: async () => {
      const { runScan } = await app.data('mutation { runScan { scan { id } errors { code message } } }');
      expect(runScan.errors).toEqual([]);
      await app.scanned();
      const { scan } = await app.data(
        'query ($id: ID!) { scan(id: $id) { id status counts { fetched duplicates updated filteredOut new notified } incident { code message } diagnosis { verdict summary } } }',
        { id: runScan.scan.id },
      );
      return scan;
    },
    /** Changes the database behind the server's back. */
    sql: (statement: string) => {
      const db = new Sqlite(join(home, 'prospector.db'));
      db.exec(statement);
      db.close();
    },
    /** Stops the server and starts it again on the same home. */
    restart: async () => {
      await server.close();
      server = await start();
    },
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await sandbox.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
  if (options.connected) await app.connect();
  return app;
}

export type App = Awaited<ReturnType<typeof startApp>>;

async function ask(url: string, token: string, query: string, variables?: Record<string, unknown>): Promise<Reply> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
    },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Reply;
}

function follow(url: string, token: string, query: string, variables?: Record<string, unknown>) {
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${token}` },
    retryAttempts: 0,
    lazy: true,
  });
  const results = client.iterate<Record<string, unknown>>({ query, ...(variables && { variables }) });
  return {
    // biome-ignore lint/suspicious/noExplicitAny: tests read into results of every shape
    next: async () => (await results.next()).value as any,
    /** The first result of another subscription over the same socket. Rejects with its errors. */
    also: async (query: string) => (await client.iterate({ query }).next()).value,
    /** Ends the subscription and its socket. */
    end: async () => {
      await results.return?.();
      await client.dispose();
    },
  };
}
