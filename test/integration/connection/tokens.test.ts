import { expect, it } from 'vitest';
import { systemRandom } from '../../../src/random.ts';
import { createLeases } from '../../../src/services/database/leases.ts';
import { OAuthError, UpworkError } from '../../../src/services/upwork/model.ts';
import { lifeMs, type Rotation } from './pretend-upwork.ts';
import { connect, startRig } from './rig.ts';

const minute = 60_000;
const rotations: Rotation[] = ['tail', 'strict', 'none'];

it.each(rotations)(
  'refreshes when less than five minutes are left, and stores the pair first (rotation: %s)',
  async (rotation) => {
    await using rig = await startRig({ rotation });
    const { connection, secrets } = await rig.connected();
    const first = await connection.tokens.token();
    await rig.clock.advance(lifeMs - 5 * minute);
    expect((await connection.tokens.token()).value).toBe(first.value);
    await rig.clock.advance(1);
    const second = await connection.tokens.token();
    expect(second).toEqual({
      value: 'access-2',
      tenantId: '151',
      expiresAt: new Date(rig.clock.now().getTime() + lifeMs),
    });
    expect((await secrets.read('upwork/tokens'))?.data).toMatchObject({
      accessToken: 'access-2',
      refreshToken: rotation === 'none' ? 'refresh-1' : 'refresh-2',
      generation: rotation === 'none' ? 1 : 2,
    });
    expect(connection.status()).toMatchObject({ tokenExpiresAt: second.expiresAt, tokenRefreshedAt: rig.clock.now() });
    for (let day = 0; day < 30; day++) {
      await rig.clock.advance(lifeMs);
      expect(rig.upwork.isLive(await connection.tokens.token())).toBe(true);
    }
    expect(rig.upwork.refreshes).toBe(31);
    expect(connection.status().status).toBe('CONNECTED');
  },
);

it('sends one request for 10,000 callers that find the token expired or rejected (F7)', async () => {
  await using rig = await startRig({ rotation: 'strict' });
  const { connection } = await rig.connected();
  await rig.clock.advance(lifeMs);
  const tokens = await Promise.all(Array.from({ length: 10_000 }, () => connection.tokens.token()));
  expect(new Set(tokens.map(({ value }) => value))).toEqual(new Set(['access-2']));
  expect(rig.upwork.refreshes).toBe(1);
  rig.upwork.expireAccess();
  const rejected = await connection.tokens.token();
  const replaced = await Promise.all(Array.from({ length: 10_000 }, () => connection.tokens.replace(rejected)));
  expect(new Set(replaced.map(({ value }) => value))).toEqual(new Set(['access-3']));
  expect((await connection.tokens.replace(rejected)).value).toBe('access-3');
  expect(rig.upwork.refreshes).toBe(2);
});

it('sends one request for three processes, and the others adopt what it brought (F8)', async () => {
  await using rig = await startRig({ rotation: 'strict' });
  const processes = [await rig.connected(), await rig.start(), await rig.start()];
  await rig.clock.advance(lifeMs);
  rig.upwork.beforeRefresh = () => rig.clock.sleep(19_000);
  const asked = processes.map(({ connection }) => connection.tokens.token());
  await rig.clock.advance(20_000);
  expect(new Set((await Promise.all(asked)).map(({ value }) => value))).toEqual(new Set(['access-2']));
  expect(rig.upwork.refreshes).toBe(1);
  expect(rig.told().filter((line) => line.startsWith('AUTH'))).toEqual([]);
});

it('loses to a connection made anew while it was refreshing (F11, F24)', async () => {
  await using rig = await startRig({ rotation: 'strict' });
  const process = await rig.connected();
  await rig.clock.advance(lifeMs);
  let proceed = () => {};
  rig.upwork.beforeRefresh = () => new Promise((resolve) => (proceed = resolve));
  const refreshing = process.connection.tokens.token();
  await expect.poll(() => rig.upwork.refreshes).toBe(1);
  await connect(process, { force: true });
  proceed();
  expect((await refreshing).value, 'the late writer adopts the winner').toBe('access-2');
  expect((await process.secrets.read('upwork/tokens'))?.data).toMatchObject({ accessToken: 'access-2', generation: 2 });
  expect((await process.connection.tokens.token()).value).toBe('access-2');
});

it('judges expiry by elapsed time, whatever the wall clock does (F21)', async () => {
  await using rig = await startRig();
  const { connection } = await rig.connected();
  for (const jump of [-lifeMs, 2 * lifeMs, -3_600_000, 3_600_000]) {
    rig.clock.jump(jump);
    expect((await connection.tokens.token()).value).toBe('access-1');
  }
  expect(rig.upwork.refreshes).toBe(0);
  await connection.close();
  rig.clock.jump(-30 * lifeMs);
  const next = await rig.start();
  expect((await next.connection.tokens.token()).value).toBe('access-1');
  expect(rig.upwork.refreshes, 'a clock that went back does not make a token of the future').toBe(0);
});

it('sends nothing when the attempt cannot be written down first', async () => {
  await using rig = await startRig();
  let isFull = false;
  const { connection } = await rig.connected({
    secrets: (store) => ({
      ...store,
      write: async (...call) => {
        const { SecretStoreError } = await import('../../../src/services/secrets/model.ts');
        if (isFull) throw new SecretStoreError('write_failed', 'The disk is full.');
        return store.write(...call);
      },
    }),
  });
  await rig.clock.advance(lifeMs);
  isFull = true;
  await expect(connection.tokens.token()).rejects.toMatchObject({ code: 'secret_store', message: 'The disk is full.' });
  expect(rig.upwork.refreshes).toBe(0);
  isFull = false;
  expect((await connection.tokens.token()).value).toBe('access-2');
});

it('keeps a new pair that cannot be stored, never sends the old token again, and uses it once it is durable (§2a.5)', async () => {
  await using rig = await startRig({ rotation: 'strict' });
  const { SecretStoreError } = await import('../../../src/services/secrets/model.ts');
  let failing = (_pair: Record<string, unknown>) => false;
  const { connection } = await rig.connected({
    secrets: (store) => ({
      ...store,
      write: async (path, content, version) => {
        if (failing(content)) throw new SecretStoreError('write_failed', 'The disk is full.');
        return store.write(path, content, version);
      },
    }),
  });
  const other = await rig.start();
  await rig.clock.advance(lifeMs - minute);
  failing = (content) => content['accessToken'] === 'access-2';
  expect((await connection.tokens.token()).value, 'the old one is good for a minute').toBe('access-1');
  expect(connection.status().lastIncident).toMatchObject({ code: 'SECRET_STORE_UNAVAILABLE' });
  const waiting = other.connection.tokens.token().catch((error: UpworkError) => error.code);
  await rig.clock.advance(2 * minute);
  await expect(connection.tokens.token()).rejects.toMatchObject({ code: 'secret_store' });
  await rig.clock.advance(10 * minute);
  expect(await waiting, 'nobody else gets the lease').toBe('unavailable');
  expect(rig.upwork.refreshes).toBe(1);
  failing = () => false;
  await rig.clock.advance(20_000);
  expect((await connection.tokens.token()).value).toBe('access-2');
  expect((await other.connection.tokens.token()).value).toBe('access-2');
  expect(rig.upwork.refreshes).toBe(1);
  expect(connection.status().lastIncident).toBeUndefined();
});

it('keeps the refresh token of before until the new access token has worked, and falls back on it', async () => {
  await using rig = await startRig();
  const { connection, secrets } = await rig.connected();
  const previous = async () => (await secrets.read('upwork/tokens'))?.data['previousRefreshToken'];
  await rig.clock.advance(lifeMs);
  await connection.tokens.token();
  expect(await previous()).toBe('refresh-1');
  const refused = (token: string) => token === 'refresh-2';
  const { refresh } = rig.upwork.oauth;
  rig.upwork.oauth.refresh = (given, token) =>
    refused(token) ? Promise.reject(new OAuthError('invalid_grant', 'Lost at Upwork.')) : refresh(given, token);
  await rig.clock.advance(lifeMs - minute);
  expect((await connection.tokens.token()).value).toBe('access-3');
  connection.observer.answered();
  await rig.clock.advance(0);
  expect(await previous()).toBeUndefined();
  expect(connection.status().status).toBe('CONNECTED');
});

it('refreshes once after a 401, and does not go on refreshing when fresh tokens are refused too (F22)', async () => {
  await using rig = await startRig();
  const { connection, client } = await rig.connected();
  rig.upwork.isLive = () => false;
  await expect(client.identity()).rejects.toMatchObject({ code: 'unauthorized' });
  expect(rig.upwork.refreshes).toBe(1);
  connection.observer.failed(new UpworkError('unauthorized', 'Upwork refuses a fresh token.'));
  expect(connection.status().status).toBe('ERROR');
  for (let second = 0; second < 25; second++) {
    await expect(client.identity()).rejects.toMatchObject({ code: 'unauthorized' });
    await rig.clock.advance(1_000);
  }
  expect(rig.upwork.refreshes).toBe(1);
  for (let call = 0; call < 24 * 60; call++) {
    await client.identity().catch(() => undefined);
    await rig.clock.advance(minute);
  }
  expect(rig.upwork.refreshes, 'once in 15 minutes at most').toBeLessThan(110);
  expect(rig.told().filter((line) => line.includes('AUTH_EXPIRED'))).toEqual([]);
});

it('refreshes five times in ten minutes at most for a kind of call that is always refused while others are answered', async () => {
  await using rig = await startRig();
  const { connection } = await rig.connected();
  for (let call = 0; call < 120; call++) {
    await connection.tokens.replace(await connection.tokens.token()).catch(() => undefined);
    connection.observer.answered();
    await rig.clock.advance(10_000);
  }
  expect(rig.upwork.refreshes).toBe(10);
});

it('uses the refresh token weekly while nobody else does (F23)', async () => {
  await using rig = await startRig();
  const { connection } = await rig.connected();
  for (let day = 0; day < 60; day++) await rig.clock.advance(lifeMs);
  expect(rig.upwork.refreshes).toBe(8);
  expect(rig.upwork.isLive(await connection.tokens.token())).toBe(true);
  expect(connection.status().status).toBe('CONNECTED');
});

it.each([13, 15])('is told by Upwork alone whether %d days off were too long (F23)', async (days) => {
  await using rig = await startRig();
  const { connection } = await rig.connected();
  await connection.close();
  rig.clock.jump(days * lifeMs);
  const next = await rig.start();
  expect(rig.upwork.refreshes, 'the first thing after the start').toBe(1);
  expect(next.connection.status()).toMatchObject(
    days < 14 ? { status: 'CONNECTED' } : { status: 'AUTH_EXPIRED', nextAction: { kind: 'RECONNECT' } },
  );
});

it('hands out a good token while a refresh waits for the lease of a process that was killed', async () => {
  await using rig = await startRig({ rotation: 'strict' });
  const first = await rig.connected();
  await rig.clock.advance(20 * 60 * minute);
  const stored = await first.secrets.read('upwork/tokens');
  const mark = { attemptId: 'x', fingerprint: 'y', startedAt: 0, epoch: 1 };
  await first.secrets.write('upwork/tokens', { ...stored?.data, pending: mark }, stored?.version ?? 0);
  const lease = createLeases(rig.db, rig.clock, systemRandom).take('refresh:upwork', minute);
  expect(lease?.isHeld()).toBe(true);
  const next = await rig.start();
  expect((await next.connection.tokens.token()).value).toBe('access-1');
  expect(rig.upwork.refreshes).toBe(0);
  await rig.clock.advance(minute + 1_000);
  expect(rig.upwork.refreshes, 'the interrupted attempt is settled').toBe(1);
  expect((await next.connection.tokens.token()).value).toBe('access-2');
});

it('stops waiting for a lease when it is closed', async () => {
  await using rig = await startRig();
  const { connection } = await rig.connected();
  createLeases(rig.db, rig.clock, systemRandom).take('refresh:upwork', minute);
  await rig.clock.advance(lifeMs);
  createLeases(rig.db, rig.clock, systemRandom).take('refresh:upwork', minute);
  const asked = connection.tokens.token().catch((error: UpworkError) => error.code);
  await rig.clock.advance(0);
  await connection.close();
  expect(await asked).toBe('cancelled');
});
