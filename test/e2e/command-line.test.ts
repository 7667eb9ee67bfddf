import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/start.ts';
import { runCommand, startProgram } from '../support/program.ts';

/** A built server against a sandbox, as `serve` runs it: the environment its command line needs. */
async function serve(more: Record<string, string> = {}) {
  const sandbox = await startSandbox({ autoApprove: true, backlog: 0, postingsPerMinute: 0 });
  const home = mkdtempSync(join(tmpdir(), 'prospector-home-'));
  writeFileSync(
    join(home, 'prospector.yaml'),
    "platforms:\n  upwork:\n    scan_interval: '1h'\n    scan_everything: true\n",
  );
  writeFileSync(join(home, 'credentials'), `${sandbox.clientId}\n${sandbox.clientSecret}\n`, { mode: 0o600 });
  const env = {
    PROSPECTOR_HOME: home,
    PROSPECTOR_PORT: '0',
    PROSPECTOR_LOG_FORMAT: 'json',
    UPWORK_AUTHORIZE_URL: sandbox.authorizeUrl,
    UPWORK_TOKEN_URL: sandbox.tokenUrl,
    UPWORK_GRAPHQL_URL: sandbox.graphqlUrl,
    ...more,
  };
  const server = startProgram('cli/main.js', ['prospector', 'serve'], env);
  await server.line(/Prospector is ready/);
  const connect = async () => {
    const flow = startProgram(
      'cli/main.js',
      ['prospector', 'connect', 'upwork', '--no-browser', '--json', '--credentials-file', join(home, 'credentials')],
      env,
    );
    const { authorizationUrl } = JSON.parse(await flow.line(/authorizationUrl/)) as { authorizationUrl: string };
    await fetch(authorizationUrl);
    const code = await new Promise((resolve) => flow.process.once('close', resolve));
    return { code, lines: flow.lines };
  };
  return {
    sandbox,
    home,
    server,
    env,
    connect,
    run: (...args: string[]) => runCommand(args, env),
    [Symbol.asyncDispose]: async () => {
      await server.stop('SIGKILL');
      await sandbox.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

it('prints the six lines of a healthy connection first and exactly', async () => {
  await using app = await serve();
  expect(await app.connect()).toMatchObject({ code: 0 });
  const { code, out } = await app.run('status', '--platform', 'upwork');
  expect(code).toBe(0);
  expect(out.split('\n').slice(0, 6)).toEqual([
    'Platform: Upwork',
    'Status: Connected',
    'Account: janefreelancer',
    'Scopes: job_search (read), proposals (read/write), contracts (read/write)',
    expect.stringMatching(/^Token expires: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    expect.stringMatching(/^Last sync: (?:never|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/),
  ]);
  expect(out).not.toMatch(/^(?:Problem|Next step):/m);
});

it('adds the problem and the exact next command for any other status', async () => {
  await using app = await serve();
  const { code, out } = await app.run('status');
  expect(code).toBe(0);
  expect(out).toMatch(
    /^Platform: Upwork\nStatus: Disconnected\nAccount: none\nScopes: none\nToken expires: unknown\nLast sync: never\nProblem: .+\nNext step: ghoststack prospector connect upwork/,
  );
});

it('scans with counts, lists what was found, and finds it by any form of its id', async () => {
  await using app = await serve();
  await app.connect();
  await app.run('scan');
  const posting = app.sandbox.control.post({ title: 'Tidy up a GraphQL schema' });
  const scan = await app.run('scan', '--json');
  expect(scan.code).toBe(0);
  const jobs = JSON.parse((await app.run('jobs', '--json')).out);
  expect(JSON.stringify(jobs)).toContain('Tidy up a GraphQL schema');
  for (const form of [posting.id, `~02${posting.id}`, `https://www.upwork.com/jobs/~02${posting.id}`]) {
    expect((await app.run('job', form)).out, form).toContain('Tidy up a GraphQL schema');
  }
});

it('ends cleanly on SIGTERM, takes its note away, and tells clients that nobody is there', async () => {
  await using app = await serve();
  expect(readdirSync(app.home)).toContain('server.json');
  expect(await app.server.stop('SIGTERM')).toBe(0);
  expect(readdirSync(app.home)).not.toContain('server.json');
  const { code, err } = await app.run('status');
  expect(code).toBe(3);
  expect(err).toContain('ghoststack prospector serve');
});

it('keeps every secret out of its files, backups, logs, process list, environment, pages and answers', async () => {
  await using app = await serve({ PROSPECTOR_LOG_LEVEL: 'trace', DEBUG: '*', NODE_DEBUG: 'http' });
  await app.connect();
  await app.run('scan');
  expect(app.sandbox.control.counters()['token']).toBe(1);
  const owner = readFileSync(join(app.home, 'owner-token'), 'utf8').trim();
  const secrets = [app.sandbox.clientSecret, 'oauth2v2_', owner];
  const { url } = JSON.parse(readFileSync(join(app.home, 'server.json'), 'utf8')) as { url: string };
  const proc = (name: string) => readFileSync(`/proc/${app.server.process.pid}/${name}`, 'latin1');
  const places = new Map<string, string>([
    ['command line', proc('cmdline')],
    ['environment', proc('environ')],
  ]);
  const authorization = `Bearer ${owner}`;
  const pages = [
    '/',
    '/login',
    '/graphql',
    '/healthz',
    '/readyz',
    '/metrics',
    '/schema.graphql',
    '/oauth/upwork/callback?state=x&code=y',
  ];
  for (const path of pages)
    for (const headers of [{ authorization, accept: 'text/html' }, { accept: 'text/html' }]) {
      const reply = await fetch(`${url}${path}`, { headers, redirect: 'manual' });
      const head = JSON.stringify([...reply.headers]);
      places.set(`${path} ${'authorization' in headers}`, `${reply.status} ${head} ${await reply.text()}`);
    }
  const asked = [
    '{ platformStatus { account { externalId displayName email } scopes { name } lastIncident { message } activeFlow { id authorizationUrl } nextAction { command } } }',
    '{ apiTokens(includeRevoked: true) { id name prefix scopes } system { checks { name message } } events(first: 100) { nodes { __typename id } } }',
    'mutation { connectUpwork(input: { credentials: { clientId: "a", clientSecret: 12345678901234567890 } }) { errors { message } } }',
    '{ jobs(first: 3) { nodes { raw } } nonsense }',
  ];
  for (const query of asked) {
    const reply = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    places.set(query, await reply.text());
  }
  const backup = join(app.home, 'backup.db');
  const db = new Sqlite(join(app.home, 'prospector.db'), { readonly: true });
  await db.backup(backup);
  db.close();
  chmodSync(backup, 0o600);
  places.set('log', app.server.lines.join('\n'));
  for (const name of readdirSync(app.home)) {
    if (name !== 'owner-token' && name !== 'credentials')
      places.set(name, readFileSync(join(app.home, name), 'latin1'));
    expect(statSync(join(app.home, name)).mode & 0o077, name).toBe(name === 'prospector.yaml' ? 0o044 : 0);
  }
  for (const [place, text] of places) {
    for (const secret of secrets) expect(text.includes(secret), `${place} holds ${secret.slice(0, 9)}…`).toBe(false);
    expect(text.length, place).toBeGreaterThan(0);
  }
  expect([...places.keys()]).toEqual(
    expect.arrayContaining(['backup.db', 'prospector.db', 'prospector.db-wal', 'key', 'server.json', 'log']),
  );
});
