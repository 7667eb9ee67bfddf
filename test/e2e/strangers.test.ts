import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltServer, startBuiltServer } from '../support/built-server.ts';
import { startProgram } from '../support/program.ts';

const canary = 'a1b2c3d4e5f60718';

/** Runs the built command line to its end. */
async function prospector(words: readonly string[], env: Record<string, string>) {
  await using program = startProgram('cli/main.js', ['prospector', ...words], env);
  const exitCode = await new Promise<number | null>((resolve) => program.process.once('close', resolve));
  return { exitCode, text: program.lines.join('\n') };
}

describe('the built server', () => {
  let server: BuiltServer;
  beforeAll(async () => {
    server = await startBuiltServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('19.L an alias `then` is refused before anything is done', async () => {
    const { errors, data } = await server.ask('mutation { createLoginLink { then: expiresAt } }');
    expect([data, errors[0].extensions.code]).toEqual([undefined, 'GRAPHQL_VALIDATION_FAILED']);
    const { data: after } = await server.ask(
      '{ auditLog(filter: { actions: ["login_link.created"] }) { nodes { outcome } } }',
    );
    expect(after.auditLog.nodes).toEqual([]);
  });

  it("19.M the owner's own token cannot be revoked", async () => {
    const { data } = await server.ask('{ viewer { apiToken { id } } }');
    const revoked = await server.ask(
      'mutation ($input: RevokeApiTokenInput!) { revokeApiToken(input: $input) { errors { code message } } }',
      { variables: { input: { apiTokenId: data.viewer.apiToken.id } } },
    );
    expect(revoked.data.revokeApiToken.errors).toHaveLength(1);
    expect((await server.ask('{ viewer { scopes } }')).status).toBe(200);
  });

  it('19.N the session of one server is no session of another on the same machine', async () => {
    await using other = await startBuiltServer();
    const [own, theirs] = [await server.logIn(), await other.logIn()];
    const nameOf = (cookie: string) => cookie.split('=')[0];
    expect([nameOf(own), nameOf(theirs)]).toEqual([
      `prospector_session_${server.port}`,
      `prospector_session_${other.port}`,
    ]);
    const headers = { cookie: `${own}; ${theirs}`, accept: 'text/html' };
    for (const { url } of [server, other])
      expect((await fetch(`${url}/`, { headers, redirect: 'manual' })).status).toBe(200);
  });

  it('19.P neither the server nor the command line repeats what may be a secret', async () => {
    const query = 'mutation ($input: ConnectUpworkInput!) { connectUpwork(input: $input) { __typename } }';
    for (const input of [canary, [canary], { credentials: canary }, { credentials: { clientSecret: [canary] } }]) {
      const reply = await server.ask(query, { variables: { input } });
      expect(reply.errors.length).toBeGreaterThan(0);
      expect(JSON.stringify(reply)).not.toContain(canary);
    }
    const literal = await server.ask(
      `mutation { connectUpwork(input: { credentials: { clientId: 1, clientSecret: ["${canary}"] } }) { __typename } }`,
    );
    expect(literal.errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(literal)).not.toContain(canary);
    for (const word of [`--api-key=${canary}`, canary]) {
      const { exitCode, text } = await prospector([word], { PROSPECTOR_HOME: server.home });
      expect([word, exitCode, text.includes(canary)]).toEqual([word, 2, false]);
    }
  });

  it('19.R what was done stands in the audit log', async () => {
    await server.makeToken('READ');
    const { data } = await server.ask('{ auditLog(first: 1) { nodes { action outcome } } }');
    expect(data.auditLog.nodes).toEqual([{ action: 'token.created', outcome: 'done' }]);
  });

  it('19.S a facet costs more than a leaf, and a list what it holds', async () => {
    const cost = async (query: string) => (await server.ask(query)).extensions.cost;
    expect(await cost('{ jobs(first: 10) { nodes { title } } }')).toMatchObject({ cost: 1, paid: 1 });
    expect(await cost('{ jobs(first: 10) { facets(names: [CATEGORY]) { name } } }')).toMatchObject({ cost: 61 });
    expect(await cost('{ jobs(first: 10) { nodes { description } } }')).toMatchObject({ cost: 51, paid: 1 });
  });
});

it('19.O the built server takes no secret from a file that others may read, and closes its database to them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'prospector-open-'));
  const secret = join(folder, 'client-secret');
  writeFileSync(secret, canary, { mode: 0o644 });
  chmodSync(secret, 0o644);
  const env = {
    PROSPECTOR_HOME: folder,
    PROSPECTOR_PORT: '0',
    UPWORK_CLIENT_ID: 'id',
    UPWORK_CLIENT_SECRET_FILE: secret,
  };
  const { exitCode, text } = await prospector(['serve'], env);
  expect(exitCode).not.toBe(0);
  expect(text).toContain(`chmod 600 ${secret}`);
  expect(text).not.toContain(canary);
  rmSync(folder, { recursive: true });

  await using server = await startBuiltServer();
  const database = join(server.home, 'prospector.db');
  expect(statSync(database).mode & 0o777).toBe(0o600);
});

it('19.Q the built command line deletes the secrets in copies of before migrations when it rotates the key', async () => {
  await using server = await startBuiltServer();
  const database = join(server.home, 'prospector.db');
  const copy = `${database}.before-0001_older`;
  const db = new Sqlite(database);
  db.prepare('VACUUM INTO ?').run(copy);
  db.close();
  const key = readFileSync(join(server.home, 'key'), 'utf8');
  const { exitCode, text } = await prospector(['secrets', 'rotate-key'], { PROSPECTOR_HOME: server.home });
  expect(exitCode).toBe(0);
  expect(text).toContain(`Deleted the secrets in the copy ${copy}: they were under the old key.`);
  expect(readFileSync(join(server.home, 'key'), 'utf8')).not.toBe(key);
  const emptied = new Sqlite(copy, { readonly: true });
  expect(emptied.prepare('SELECT count(*) FROM secret_key').pluck().get()).toBe(0);
  emptied.close();
});
