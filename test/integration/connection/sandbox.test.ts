import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { startSandbox } from '../../../sandbox/start.ts';
import { createTestClock } from '../../support/clock.ts';
import { createTestDatabase } from '../../support/database.ts';
import { openWholeConnection } from './whole-connection.ts';

type Settings = Parameters<Awaited<ReturnType<typeof startSandbox>>['control']['set']>[0];

/** A connection through the real adapter, and the Upwork of the sandbox. */
async function startWorld(settings: Settings = {}, own: { tenantId?: string } = {}) {
  const sandbox = await startSandbox({ backlog: 3, postingsPerMinute: 0, autoApprove: true });
  sandbox.control.set(settings);
  const file = createTestDatabase();
  const clock = createTestClock();
  const whole = await openWholeConnection(
    { ...sandbox, database: file.path, keyFile: join(dirname(file.path), 'key') },
    clock,
    own,
  );
  const { clientId, clientSecret } = sandbox;
  const { connection } = whole;
  const consent = async (more: Partial<Parameters<typeof connection.connect>[0]> = {}) => {
    const { authorizationUrl } = await connection.connect({
      credentials: { clientId, clientSecret },
      force: true,
      allowAccountChange: false,
      ...more,
    });
    const redirect = await fetch(authorizationUrl, { redirect: 'manual' });
    return new URL(redirect.headers.get('location') ?? 'http://none.test').searchParams;
  };
  return {
    ...whole,
    sandbox,
    clock,
    consent,
    connect: async (more: Partial<Parameters<typeof connection.connect>[0]> = {}) =>
      connection.complete(await consent(more)),
    count: (what: string) => sandbox.control.counters()[what] ?? 0,
    [Symbol.asyncDispose]: async () => {
      await whole[Symbol.asyncDispose]();
      await sandbox.close();
      file[Symbol.dispose]();
    },
  };
}

const grants = ({ connection }: Awaited<ReturnType<typeof startWorld>>) =>
  connection.status().scopes.map(({ name, granted }) => `${name} ${granted}`);

it('connects, reads who it is and what the key may do, and calls with the tenant', async () => {
  await using world = await startWorld();
  expect((await world.connect()).flow).toMatchObject({ status: 'COMPLETED' });
  expect(world.connection.status()).toMatchObject({
    status: 'CONNECTED',
    account: { externalId: '1500000000000000000', displayName: 'janefreelancer', organization: 'Jane F.' },
    connectsBalance: 120,
    nextAction: { kind: 'NONE' },
  });
  expect(grants(world)).toEqual(['job_search READ', 'proposals READ_WRITE', 'contracts READ_WRITE']);
  const { postings } = await world.client.search({}, { first: 10, after: '0' }, { purpose: 'SCAN' });
  expect(postings.length).toBe(3);
  expect(world.sandbox.control.journal().at(-1)?.tenant).toBe('1500000000000000001');
  expect(world.count('token.authorization_code')).toBe(1);
});

it('works for the organization that was asked for', async () => {
  await using world = await startWorld({}, { tenantId: '1700000000000000001' });
  await world.connect();
  expect(world.connection.status().account?.organization).toBe('Northwind Agency');
  const { journal } = world.sandbox.control;
  expect(
    new Set(
      journal()
        .filter(({ target }) => target === 'graphql')
        .map(({ tenant }) => tenant),
    ),
  ).toEqual(new Set(['1700000000000000001']));
});

it('is denied on the consent page', async () => {
  await using world = await startWorld();
  const redirect = await world.consent();
  const denied = new URLSearchParams({ error: 'access_denied', state: redirect.get('state') ?? '' });
  expect((await world.connection.complete(denied)).flow).toMatchObject({
    status: 'DENIED',
    failure: { code: 'AUTHORIZATION_DENIED', oauthError: 'access_denied' },
  });
  expect(world.count('token')).toBe(0);
});

it('has a wrong secret', async () => {
  await using world = await startWorld();
  const { clientId } = world.sandbox;
  const { flow } = await world.connect({ credentials: { clientId, clientSecret: 'not-the-secret' } });
  expect(flow).toMatchObject({ status: 'FAILED', failure: { code: 'CREDENTIALS_INVALID' } });
  expect(world.connection.status().status).toBe('CREDENTIALS_INVALID');
});

it('is told apart from an attempt with a code that was used already', async () => {
  await using world = await startWorld();
  const first = await world.consent();
  const second = await world.consent();
  const stale = new URLSearchParams({ code: first.get('code') ?? '', state: second.get('state') ?? '' });
  expect((await world.connection.complete(stale)).flow, 'PKCE: the code is of another attempt').toMatchObject({
    status: 'FAILED',
    failure: { code: 'FLOW_EXPIRED', oauthError: 'invalid_grant' },
  });
});

it('comes back with another account', async () => {
  await using world = await startWorld();
  await world.connect();
  world.sandbox.control.set({ approveAs: 'sam' });
  expect((await world.connect()).failure).toMatchObject({ code: 'WRONG_ACCOUNT' });
  expect(world.connection.status()).toMatchObject({ status: 'CONNECTED', account: { displayName: 'janefreelancer' } });
  expect((await world.client.identity()).userName).toBe('janefreelancer');
  expect((await world.connect({ allowAccountChange: true })).flow?.status).toBe('COMPLETED');
  expect(world.connection.status().account?.displayName).toBe('samrivera');
});

it('refreshes an expired token once, and tells once of a revoked one', async () => {
  await using world = await startWorld({ rotation: 'strict' });
  await world.connect();
  world.sandbox.control.expireAccessTokens();
  await Promise.all([world.client.identity(), world.client.identity(), world.client.identity()]);
  expect(world.count('token.refresh_token')).toBe(1);
  world.sandbox.control.revokeTokens();
  const calls = await Promise.allSettled([world.client.identity(), world.client.identity()]);
  expect(calls.map((call) => call.status === 'rejected' && call.reason.code)).toEqual(['auth_expired', 'auth_expired']);
  const told = world.events.read({ limit: 100 }).filter(({ type }) => type === 'AUTH_EXPIRED');
  expect(told).toEqual([expect.objectContaining({ reason: 'ACCESS_REVOKED' })]);
  expect(world.count('token.refresh_token')).toBe(2);
  await world.connect({ force: false });
  await world.client.identity();
  expect(world.connection.status().status).toBe('CONNECTED');
});

/** Faults of the token endpoint that end nothing. */
it.each(['retry-after', 'html', 'challenge', 'reset', 'reset-after', 'truncate'] as const)(
  'stays connected over the fault %s of the token endpoint, and recovers alone',
  async (kind) => {
    await using world = await startWorld();
    await world.connect();
    world.sandbox.control.expireAccessTokens();
    world.sandbox.control.fail({ target: 'token', kind, times: 2, ...(kind === 'retry-after' && { value: '45' }) });
    await expect(world.client.identity()).rejects.toMatchObject({ name: 'UpworkError' });
    expect(world.connection.status()).toMatchObject({
      status: 'CONNECTED',
      lastIncident: { attempts: 1, nextRetryAt: expect.any(Date) },
    });
    await expect(world.client.identity(), 'nothing is sent meanwhile').rejects.toMatchObject({ name: 'UpworkError' });
    expect(world.count('token.refresh_token')).toBe(1);
    world.sandbox.control.clearFaults();
    await world.clock.advance(46_000);
    await expect.poll(() => world.connection.status().lastIncident).toBeUndefined();
    expect(world.count('token.refresh_token')).toBe(2);
    expect((await world.client.identity()).userName).toBe('janefreelancer');
  },
);

it('finds missing scopes, and a product tier that is none', async () => {
  await using world = await startWorld({ contracts: 'denied' });
  const { scopes } = world.sandbox.control.set();
  world.sandbox.control.set({ scopes: scopes.filter((scope) => !/talent-(?:profiles|workhistory)/.test(scope)) });
  await world.connect();
  expect(grants(world)).toEqual(['job_search READ', 'proposals NONE', 'contracts NONE']);
  expect(world.connection.status()).toMatchObject({
    status: 'INSUFFICIENT_SCOPES',
    nextAction: { message: expect.stringContaining('Talent Profile - Read And Write Access (public)') },
  });
  expect(world.connection.isUsable()).toBe(true);
});

it('stops where Upwork restricts the account', async () => {
  await using world = await startWorld();
  await world.connect();
  world.sandbox.control.set({ restricted: 'http' });
  await expect(world.connection.check()).rejects.toMatchObject({ failures: [{ code: 'ACCOUNT_RESTRICTED' }] });
  expect(world.connection.status().status).toBe('RESTRICTED');
  world.sandbox.control.set({ restricted: 'none' });
  world.connection.liftRestriction();
  await world.connection.check();
  expect(world.connection.status().status).toBe('CONNECTED');
});

it('gives its tokens back when it is given up', async () => {
  await using world = await startWorld();
  await world.connect();
  const { value } = await world.connection.tokens.token();
  expect(await world.connection.disconnect({ revoke: true, purgeData: false })).toEqual({
    revoked: true,
    purgedRecords: 0,
  });
  const answer = await fetch(world.sandbox.graphqlUrl, {
    method: 'POST',
    headers: { authorization: `Bearer ${value}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ user { id } }' }),
  });
  expect(answer.status).toBe(401);
});
