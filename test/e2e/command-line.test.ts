import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/start.ts';
import { runCommand, startProgram } from '../support/program.ts';

/** A built server against a sandbox, as `serve` runs it: the environment its command line needs. */
async function serve(more: Record<string, string> = {}) {
  const sandbox = await startSandbox({ autoApprove: true, backlog: 0, postingsPerMinute: 0 });
  const home = mkdtempSync(join(tmpdir(), 'prospector-home-'));
  writeFileSync(join(home, 'prospector.yaml'), "platforms:\n  upwork:\n    scan_interval: '1h'\n");
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

it('keeps every secret out of its files, logs and process list', async () => {
  await using app = await serve({ PROSPECTOR_LOG_LEVEL: 'trace', DEBUG: '*', NODE_DEBUG: 'http' });
  await app.connect();
  await app.run('scan');
  const tokens = app.sandbox.control.counters();
  expect(tokens['token']).toBe(1);
  const owner = readFileSync(join(app.home, 'owner-token'), 'utf8').trim();
  const secrets = [app.sandbox.clientSecret, 'oauth2v2_', owner];
  const places = new Map<string, string>([
    ['log', app.server.lines.join('\n')],
    ['process list', readFileSync(`/proc/${app.server.process.pid}/cmdline`, 'latin1')],
  ]);
  for (const name of readdirSync(app.home)) {
    if (name !== 'owner-token' && name !== 'credentials')
      places.set(name, readFileSync(join(app.home, name), 'latin1'));
    expect(statSync(join(app.home, name)).mode & 0o077, name).toBe(name === 'prospector.yaml' ? 0o044 : 0);
  }
  for (const [place, text] of places)
    for (const secret of secrets) expect(text.includes(secret), `${place} holds ${secret.slice(0, 9)}…`).toBe(false);
  expect([...places.keys()]).toEqual(
    expect.arrayContaining(['prospector.db', 'prospector.db-wal', 'key', 'server.json']),
  );
});
