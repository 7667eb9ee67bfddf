import { expect, it } from 'vitest';
import { SecretStoreError } from '../../../src/services/secrets/model.ts';
import { OAuthError, UpworkError } from '../../../src/services/upwork/model.ts';
import { lifeMs } from './pretend-upwork.ts';
import { connect, type Process, type Rig, startRig } from './rig.ts';

const hour = 3_600_000;
const lost = { error: new OAuthError('ambiguous', 'The answer never came.'), after: true };

/** How an authorization comes to its end, and the reason that is told. */
const ends: [string, string, (rig: Rig, process: Process) => Promise<void>][] = [
  [
    'REFRESH_REJECTED',
    'a refresh that Upwork rejects',
    async (rig) => {
      await rig.clock.advance(lifeMs);
      rig.upwork.revokeAll();
    },
  ],
  [
    'ACCESS_REVOKED',
    'a token refused before its time, and its refresh token too',
    async (rig) => {
      await rig.clock.advance(hour);
      rig.upwork.revokeAll();
    },
  ],
  [
    'OUTCOME_UNKNOWN',
    'a refresh whose answer was lost, where the old token is spent',
    async (rig, { client }) => {
      await rig.clock.advance(lifeMs);
      rig.upwork.refreshFails = () => lost;
      await client.identity().catch(() => undefined);
      rig.upwork.refreshFails = undefined;
      await rig.clock.advance(29_000);
      await expect(client.identity()).rejects.toMatchObject({ code: 'timeout' });
      rig.clock.jump(60_000);
    },
  ],
  [
    'SECRET_LOST',
    'tokens absent from a store that answers',
    async (rig, { secrets }) => {
      await rig.clock.advance(lifeMs);
      await secrets.remove('upwork/tokens');
    },
  ],
  [
    'RESTORED_FROM_BACKUP',
    'tokens older than the last ones spent',
    async (rig, { connection, secrets }) => {
      const backup = await secrets.read('upwork/tokens');
      await rig.clock.advance(lifeMs);
      await connection.tokens.token();
      await rig.clock.advance(lifeMs);
      const there = await secrets.read('upwork/tokens');
      await secrets.write('upwork/tokens', backup?.data ?? {}, there?.version ?? 0);
    },
  ],
];

it.each(ends)('tells once and loudly of %s: %s', async (reason, _what, arrange) => {
  await using rig = await startRig({ rotation: 'strict' });
  const process = await rig.connected();
  await arrange(rig, process);
  const refreshes = rig.upwork.refreshes;
  const kept = await process.secrets.read('upwork/tokens');
  const outcomes = await Promise.allSettled([process.client.identity(), process.client.identity()]);
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'auth_expired' } });
  const [expired, changed] = rig.events().slice(-2);
  const status = {
    status: 'AUTH_EXPIRED',
    message: expect.stringMatching(/^[A-Z][^.]+\.$/),
    statusChangedAt: rig.clock.now().toISOString(),
    nextAction: expect.objectContaining({ kind: 'RECONNECT', command: 'ghoststack prospector connect upwork' }),
  };
  expect(expired).toMatchObject({ type: 'AUTH_EXPIRED', subjectId: 'platform_upwork', reason, status });
  expect(changed).toMatchObject({ type: 'PLATFORM_STATUS_CHANGED', previous: 'CONNECTED', status });
  expect(process.connection.isUsable()).toBe(false);
  const spent = rig.upwork.refreshes;
  expect(spent - refreshes, 'noticed at the first attempt; what is known to be spent is not tried').toBe(
    ['SECRET_LOST', 'RESTORED_FROM_BACKUP'].includes(reason) ? 0 : 1,
  );
  for (let call = 0; call < 50; call++) {
    await expect(process.client.identity()).rejects.toMatchObject({ code: 'auth_expired' });
    await rig.clock.advance(hour);
  }
  expect(rig.upwork.refreshes, 'nothing more is sent').toBe(spent);
  const next = await rig.start();
  expect(next.connection.status().status).toBe('AUTH_EXPIRED');
  expect(rig.told().filter((line) => line.startsWith('AUTH'))).toEqual([`AUTH_EXPIRED ${reason}`]);
  const { accessToken, refreshToken } = kept?.data ?? {};
  if (kept) expect((await process.secrets.read('upwork/tokens'))?.data).toMatchObject({ accessToken, refreshToken });
});

it('says what was missed when the connection is made again, in place, without force', async () => {
  await using rig = await startRig();
  const process = await rig.connected();
  await rig.clock.advance(hour);
  process.connection.observer.answered();
  const from = rig.clock.now().toISOString();
  await rig.clock.advance(3 * hour);
  rig.upwork.revokeAll();
  await process.client.identity().catch(() => undefined);
  await rig.clock.advance(48 * hour);
  await connect(process);
  const restored = rig.events().filter(({ type }) => type === 'AUTH_RESTORED');
  expect(restored).toEqual([
    expect.objectContaining({
      subjectId: 'platform_upwork',
      gap: { from, to: rig.clock.now().toISOString() },
      status: expect.objectContaining({ status: 'CONNECTED' }),
    }),
  ]);
  expect(rig.told().slice(-3)).toEqual(['flow COMPLETED', 'AUTH_RESTORED', 'AUTH_EXPIRED → CONNECTED']);
  await process.client.identity();
});

it('notices a thousand revocations once each (F17)', async () => {
  await using rig = await startRig({ hasty: true });
  const process = await rig.connected();
  const told = rig.db.sql.prepare('SELECT count(*) FROM events WHERE type = ?').pluck();
  for (let episode = 1; episode <= 1_000; episode++) {
    rig.db.sql.prepare('DELETE FROM connection_flows').run();
    rig.upwork.revokeAll();
    const before = rig.upwork.refreshes;
    await Promise.allSettled([process.client.identity(), process.client.identity(), process.client.identity()]);
    expect(rig.upwork.refreshes - before).toBe(1);
    expect(told.get('AUTH_EXPIRED')).toBe(episode);
    await connect(process);
  }
  expect(told.get('AUTH_RESTORED')).toBe(1_000);
}, 60_000);

it('goes on where a sibling has rotated the token meanwhile (F16)', async () => {
  await using rig = await startRig({ rotation: 'strict' });
  const process = await rig.connected();
  const other = await rig.start();
  await rig.clock.advance(lifeMs);
  const { refresh } = rig.upwork.oauth;
  let isFirst = true;
  rig.upwork.oauth.refresh = async (given, token) => {
    if (!isFirst) return refresh(given, token);
    isFirst = false;
    // The lease is stolen while the first one sleeps: its sibling spends the same token.
    rig.db.sql.prepare('DELETE FROM leases').run();
    await other.connection.tokens.token();
    throw new OAuthError('invalid_grant', 'Spent.');
  };
  expect((await process.connection.tokens.token()).value).toBe('access-2');
  expect(rig.told().filter((line) => line.startsWith('AUTH'))).toEqual([]);
});

it('tells once where two processes notice the end at the same time', async () => {
  await using rig = await startRig();
  const processes = [await rig.connected(), await rig.start()];
  await rig.clock.advance(lifeMs);
  rig.upwork.revokeAll();
  rig.upwork.beforeRefresh = async () => {
    // The lease is lost while its holder sleeps.
    rig.db.sql.prepare('DELETE FROM leases').run();
    await rig.clock.sleep(1_000);
  };
  const asked = processes.map(({ client }) => client.identity().catch((error: UpworkError) => error.code));
  await rig.clock.advance(10_000);
  expect(await Promise.all(asked)).toEqual(['auth_expired', 'auth_expired']);
  expect(rig.upwork.refreshes).toBe(2);
  expect(rig.told().filter((line) => line.startsWith('AUTH'))).toEqual(['AUTH_EXPIRED REFRESH_REJECTED']);
});

it('takes a lost secret back when somebody has put it back', async () => {
  await using rig = await startRig();
  const { connection, client, secrets } = await rig.connected();
  const kept = await secrets.read('upwork/tokens');
  await secrets.remove('upwork/tokens');
  await rig.clock.advance(lifeMs);
  await client.identity().catch(() => undefined);
  await expect(connection.check()).rejects.toMatchObject({ failures: [{ code: 'AUTH_EXPIRED' }] });
  await secrets.write('upwork/tokens', kept?.data ?? {}, 0);
  await connection.check();
  expect(connection.status().status).toBe('CONNECTED');
  expect(rig.told().filter((line) => line.startsWith('AUTH_'))).toEqual(
    ['AUTH_EXPIRED SECRET_LOST', 'CONNECTED → AUTH_EXPIRED', 'AUTH_RESTORED', 'AUTH_EXPIRED → CONNECTED'].filter(
      (line) => line.startsWith('AUTH_'),
    ),
  );
});

it('takes softly deleted tokens for lost ones, leaves them alone, and lets only a new authorization take their place (F42)', async () => {
  await using rig = await startRig();
  let isDeleted = false;
  const removed: string[] = [];
  const process = await rig.connected({
    secrets: (store) => ({
      ...store,
      read: async (path) => {
        if (isDeleted && path === 'upwork/tokens') throw new SecretStoreError('deleted', 'Bring it back.');
        return store.read(path);
      },
      write: async (path, ...rest) => {
        if (isDeleted && path === 'upwork/tokens') throw new SecretStoreError('conflict', 'It is at version 1.');
        return store.write(path, ...rest);
      },
      remove: async (path) => {
        removed.push(path);
        if (path === 'upwork/tokens') isDeleted = false;
        return store.remove(path);
      },
    }),
  });
  await rig.clock.advance(lifeMs);
  removed.length = 0;
  isDeleted = true;
  await process.client.identity().catch(() => undefined);
  expect(rig.told().at(-2)).toBe('AUTH_EXPIRED SECRET_LOST');
  expect(process.connection.status().nextAction.message).toContain('Put the deleted secret back');
  expect(removed).toEqual([]);
  await connect(process);
  expect(process.connection.status().status).toBe('CONNECTED');
  expect(removed).toEqual(['upwork/tokens', 'upwork/flow']);
});

it('keeps the tokens where Upwork refuses the secret, and goes on with the right one (F18)', async () => {
  await using rig = await startRig();
  const process = await rig.connected();
  await rig.clock.advance(lifeMs);
  rig.upwork.secret = 'a-rotated-secret';
  for (let call = 0; call < 3; call++)
    await expect(process.client.identity()).rejects.toMatchObject({ code: 'credentials_invalid' });
  expect(rig.upwork.refreshes).toBe(1);
  expect(process.connection.status()).toMatchObject({
    status: 'CREDENTIALS_INVALID',
    nextAction: { kind: 'CONFIGURE_CREDENTIALS', command: 'ghoststack prospector connect upwork' },
  });
  expect((await process.secrets.read('upwork/tokens'))?.data).toMatchObject({ refreshToken: 'refresh-1' });
  await process.connection.close();
  const rotated = { clientId: 'a-client-id', clientSecret: 'a-rotated-secret' };
  const next = await rig.start({ settings: { environmentCredentials: rotated } });
  await next.client.identity();
  expect(next.connection.status().status).toBe('CONNECTED');
  expect(rig.told().filter((line) => line.includes('AUTH_'))).toEqual([]);
});

const transient = (kind: OAuthError['kind'], httpStatus?: number) =>
  new OAuthError(kind, 'Away.', httpStatus === undefined ? {} : { httpStatus });
/** Everything that is no answer of Upwork's authorization server. `after`: the refresh has had its effect. */
const faults: [string, { error: Error; after?: boolean }][] = [
  ['DNS, refused, TLS', { error: transient('transient') }],
  ['429', { error: new OAuthError('transient', 'Slow down.', { httpStatus: 429, retryAfterMs: 60_000 }) }],
  ['500', { error: transient('transient', 500) }],
  ['502 with HTML', { error: transient('transient', 502) }],
  ['challenge page', { error: transient('transient', 403) }],
  ['404 without an OAuth error', { error: transient('transient', 404) }],
  ['timeout', { error: transient('ambiguous') }],
  ['reset after the request', { error: transient('ambiguous'), after: true }],
  ['another OAuth error', { error: new OAuthError('refused', 'No.', { oauthError: 'temporarily_unavailable' }) }],
];

it.each(faults)('stays connected through 72 hours of %s, and recovers alone (F14)', async (what, fault) => {
  await using rig = await startRig({ hasty: true });
  const { connection, client } = await rig.connected();
  await rig.clock.advance(lifeMs);
  let isOver = false;
  // Upwork's own rotation gives the old token a day; an answer lost for longer than that would be a real end.
  rig.upwork.refreshFails = () =>
    isOver ? undefined : fault.after && rig.upwork.refreshes > 1 ? { ...fault, after: false } : fault;
  const waits: number[] = [];
  let last = 0;
  const { refresh } = rig.upwork.oauth;
  rig.upwork.oauth.refresh = (...call) => {
    waits.push(rig.clock.monotonic() - last);
    last = rig.clock.monotonic();
    return refresh(...call);
  };
  const hours = fault.after ? 20 : 72;
  for (let half = 0; half < 2 * hours; half++) {
    await expect(client.identity()).rejects.toBeInstanceOf(UpworkError);
    await rig.clock.advance(hour / 2);
  }
  expect(rig.upwork.refreshes, 'never more often than every 12 minutes in the long run').toBeLessThan(hours * 5 + 10);
  expect(Math.min(...waits.slice(1))).toBeGreaterThanOrEqual(30_000);
  expect(connection.status()).toMatchObject({
    lastIncident: { attempts: rig.upwork.refreshes, nextRetryAt: expect.any(Date) },
    nextAction: { kind: expect.stringMatching(/NONE|WAIT/) },
  });
  expect(connection.status().status).toBe(what === 'another OAuth error' ? 'ERROR' : 'CONNECTED');
  isOver = true;
  await rig.clock.advance(15 * 60_000);
  expect(connection.status().status, 'nobody had to ask').toBe('CONNECTED');
  expect(connection.status().lastIncident).toBeUndefined();
  await client.identity();
  expect(rig.told().filter((line) => line.includes('AUTH'))).toEqual([]);
});
