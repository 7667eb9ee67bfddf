import { expect, it } from 'vitest';
import { SecretStoreError, type SecretStoreHealth } from '../../../src/services/secrets/model.ts';
import { UpworkError } from '../../../src/services/upwork/model.ts';
import { lifeMs } from './pretend-upwork.ts';
import { connect, connectInput, type ProcessOptions, startRig } from './rig.ts';

const minute = 60_000;
const trouble = (code: UpworkError['code'], more = {}) => new UpworkError(code, `Upwork says ${code}.`, more);

it('keeps outages out of the status, and forgets them with the next good answer', async () => {
  await using rig = await startRig();
  const { connection } = await rig.connected();
  const events = rig.told().length;
  const codes = ['unavailable', 'timeout', 'network', 'challenge', 'rate_limited'] as const;
  for (const code of codes) connection.observer.failed(trouble(code, { requestId: 'trace-7' }));
  expect(connection.status()).toMatchObject({
    status: 'CONNECTED',
    lastIncident: { code: 'RATE_LIMITED', occurredAt: rig.clock.now(), attempts: 5, requestId: 'trace-7' },
  });
  connection.observer.answered();
  expect(connection.status().lastIncident).toBeUndefined();
  expect(rig.told().length).toBe(events);
});

it('shows ERROR once Upwork keeps answering in ways that fit nothing, until it answers well', async () => {
  await using rig = await startRig();
  const { connection } = await rig.connected();
  for (const status of ['CONNECTED', 'CONNECTED', 'ERROR']) {
    connection.observer.failed(trouble('unexpected_response'));
    expect(connection.status().status).toBe(status);
  }
  expect(connection.status()).toMatchObject({
    message: 'Upwork says unexpected_response.',
    nextAction: { kind: 'WAIT' },
  });
  expect(connection.isUsable(), 'only the next answer can end it').toBe(true);
  connection.observer.answered();
  expect(rig.told().slice(-2)).toEqual(['CONNECTED → ERROR', 'ERROR → CONNECTED']);
});

it('says nothing of failures that are our own doing', async () => {
  await using rig = await startRig();
  const { connection } = await rig.connected();
  const before = connection.status();
  for (const code of ['cancelled', 'bad_parameter', 'authorization_failed', 'not_connected', 'secret_store'] as const)
    for (let times = 0; times < 5; times++) connection.observer.failed(trouble(code));
  expect(connection.status()).toEqual(before);
});

it('stops at a restriction, over restarts and a new authorization, until a person resumes (F108)', async () => {
  await using rig = await startRig();
  const process = await rig.connected();
  process.connection.observer.failed(trouble('restricted'));
  expect(process.connection.status()).toMatchObject({
    status: 'RESTRICTED',
    nextAction: { kind: 'WAIT', command: 'ghoststack prospector resume' },
  });
  const calls = rig.upwork.calls;
  await expect(process.client.identity()).rejects.toMatchObject({ code: 'restricted' });
  await expect(process.connection.check()).rejects.toMatchObject({ failures: [{ code: 'ACCOUNT_RESTRICTED' }] });
  process.connection.observer.answered();
  expect(rig.upwork.calls).toBe(calls);
  const next = await rig.start();
  await connect(next, { force: true });
  expect(next.connection.status().status).toBe('RESTRICTED');
  expect(next.connection.isUsable()).toBe(false);
  next.connection.liftRestriction();
  expect(next.connection.status().status).toBe('CONNECTED');
  await next.client.identity();
});

it('names the boxes to tick for a missing scope, goes on with the rest, and notices when a probe finds it', async () => {
  await using rig = await startRig();
  const process = await rig.start();
  rig.upwork.probes.proposals = 'missing';
  await connect(process);
  const { connection } = process;
  expect(connection.status()).toMatchObject({
    status: 'INSUFFICIENT_SCOPES',
    message: 'The Upwork key lacks what proposals needs; what is granted goes on working.',
    nextAction: {
      kind: 'GRANT_SCOPES',
      message: expect.stringContaining('Talent Profile - Read And Write Access (public); Submit Proposal'),
    },
  });
  expect(connection.isUsable()).toBe(true);
  await connection.connect({ force: false, allowAccountChange: false });
  expect(connection.status().nextAction.kind, 'connecting anew is what ends it').toBe('COMPLETE_AUTHORIZATION');
  rig.upwork.probes.proposals = 'granted';
  await connection.check();
  expect(connection.status().status).toBe('CONNECTED');
  connection.observer.failed(trouble('missing_scopes', { missing: ['Mutation.createJobProposal'] }));
  expect(connection.status()).toMatchObject({
    status: 'INSUFFICIENT_SCOPES',
    scopes: [{ granted: 'READ' }, { granted: 'READ', keyFormLabels: ['Submit Proposal'] }, { granted: 'READ_WRITE' }],
  });
  await connection.check();
  expect(connection.status().status, 'writing cannot be probed').toBe('INSUFFICIENT_SCOPES');
});

it('is RATE_LIMITED as long as the budget says, and announces both ends', async () => {
  await using rig = await startRig();
  const process = await rig.connected();
  const heard: string[] = [];
  process.connection.onStatusChange((status, previous) => heard.push(`${previous} → ${status}`));
  process.throttledUntil = new Date(rig.clock.now().getTime() + 10 * minute);
  process.connection.observer.failed(trouble('budget_spent'));
  expect(process.connection.status()).toMatchObject({
    status: 'RATE_LIMITED',
    nextAction: { kind: 'WAIT', notBefore: '2026-10-01T12:10:00.000Z' },
  });
  expect(process.connection.isUsable()).toBe(false);
  await rig.clock.advance(10 * minute - 1);
  expect(process.connection.status().status).toBe('RATE_LIMITED');
  await rig.clock.advance(1);
  expect(process.connection.isUsable()).toBe(true);
  expect(heard).toEqual(['CONNECTED → RATE_LIMITED', 'RATE_LIMITED → CONNECTED']);
  expect(rig.told().slice(-2)).toEqual(heard);
});

/** A store whose doors can be closed. */
function closable() {
  let listener = (_health: SecretStoreHealth) => {};
  let health: SecretStoreHealth = { available: true };
  const sealed = { available: false, code: 'sealed', message: 'Vault is sealed.', nextAction: 'Unseal it.' } as const;
  const guarded = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    if (!health.available) throw new SecretStoreError('sealed', 'Vault is sealed.');
    return call();
  };
  const options: ProcessOptions = {
    secrets: (store) => ({
      ...store,
      kind: 'vault',
      read: (path) => guarded(() => store.read(path)),
      write: (...call) => guarded(() => store.write(...call)),
      remove: (path) => guarded(() => store.remove(path)),
      check: async () => health,
      onHealthChange: (heard) => {
        listener = heard;
        return () => {};
      },
    }),
  };
  const set = (isOpen: boolean, isHeard = true) => {
    health = isOpen ? { available: true } : sealed;
    if (isHeard) listener(health);
  };
  return { options, set };
}

it('waits for the secret store, says so, and is back with it', async () => {
  await using rig = await startRig();
  const door = closable();
  const { connection, client } = await rig.connected(door.options);
  door.set(false);
  expect(connection.status()).toMatchObject({
    status: 'SECRET_STORE_UNAVAILABLE',
    message: 'Vault is sealed.',
    nextAction: { kind: 'UNSEAL_SECRET_STORE', message: 'Unseal it.', command: 'vault operator unseal' },
  });
  await rig.clock.advance(lifeMs);
  await expect(client.identity()).rejects.toMatchObject({ code: 'secret_store' });
  for (const call of [connection.connect(connectInput), connection.disconnect({ revoke: true, purgeData: false })])
    await expect(call).rejects.toMatchObject({ failures: [{ code: 'SECRET_STORE_UNAVAILABLE' }] });
  expect(rig.upwork.refreshes).toBe(0);
  door.set(true);
  await client.identity();
  expect(rig.told().slice(-2)).toEqual([
    'CONNECTED → SECRET_STORE_UNAVAILABLE',
    'SECRET_STORE_UNAVAILABLE → CONNECTED',
  ]);
});

it('starts while the store is closed, and goes on with everything when it opens', async () => {
  await using rig = await startRig();
  const { connection } = await rig.start();
  const { state } = await connection.connect(connectInput);
  await connection.close();
  const door = closable();
  door.set(false);
  const next = await rig.start(door.options);
  expect(next.connection.status().status).toBe('SECRET_STORE_UNAVAILABLE');
  const callback = new URLSearchParams({ code: 'a-code', state });
  expect(await next.connection.complete(callback)).toMatchObject({
    flow: { status: 'PENDING' },
    failure: { code: 'SECRET_STORE_UNAVAILABLE', sealed: true },
  });
  door.set(true);
  await rig.clock.advance(0);
  expect(next.connection.status().activeFlow?.authorizationUrl).toContain(state);
  expect((await next.connection.complete(callback)).flow?.status, 'the page only needs to be loaded again').toBe(
    'COMPLETED',
  );
});

it('notices by its own calls that the store is closed', async () => {
  await using rig = await startRig();
  const door = closable();
  const { connection, client } = await rig.connected(door.options);
  await rig.clock.advance(lifeMs);
  door.set(false, false);
  await expect(client.identity()).rejects.toMatchObject({ code: 'secret_store' });
  await rig.clock.advance(0);
  expect(connection.status().status).toBe('SECRET_STORE_UNAVAILABLE');
});

it('gives up a connection: tokens gone here, revoked there as far as Upwork lets itself be told, credentials kept', async () => {
  await using rig = await startRig();
  const { connection, secrets, client } = await rig.connected();
  expect(await connection.disconnect({ revoke: true, purgeData: true })).toEqual({ revoked: true, purgedRecords: 3 });
  expect(await secrets.read('upwork/tokens')).toBeUndefined();
  expect(connection.status()).toEqual({
    id: 'platform_upwork',
    status: 'DISCONNECTED',
    message: 'No Upwork account is connected.',
    statusChangedAt: rig.clock.now(),
    scopes: expect.any(Array),
    capabilities: expect.any(Array),
    nextAction: expect.objectContaining({ kind: 'CONNECT' }),
  });
  await expect(client.identity()).rejects.toMatchObject({ code: 'not_connected' });
  expect(await connection.disconnect({ revoke: true, purgeData: false })).toEqual({ revoked: false, purgedRecords: 0 });
  expect(rig.told().filter((line) => line.includes('AUTH'))).toEqual([]);
  expect(rig.told().at(-1)).toBe('CONNECTED → DISCONNECTED');
  await connection.connect({ force: false, allowAccountChange: false });
});

it('does not take the absence of given-up tokens for a loss, not even in another process', async () => {
  await using rig = await startRig();
  const asked: unknown[] = [];
  const { connection } = await rig.connected({
    secrets: (store) => ({
      ...store,
      remove: async (path) => {
        await store.remove(path);
        if (path === 'upwork/tokens') asked.push(await other.connection.tokens.token().catch((error) => error.code));
      },
    }),
  });
  const other = await rig.start();
  await connection.disconnect({ revoke: false, purgeData: false });
  expect(asked).toEqual(['not_connected']);
  expect(rig.told().filter((line) => line.includes('AUTH'))).toEqual([]);
});

it('looks at the platform on request: one call, and the account as it is now', async () => {
  await using rig = await startRig();
  const { connection } = await rig.connected();
  rig.upwork.identity = { ...rig.upwork.identity, userName: 'janerenamed', email: 'jane@example.test' };
  const calls = rig.upwork.calls;
  expect(await connection.check()).toEqual({ latencyMs: 0 });
  expect(rig.upwork.calls - calls, 'identity, and the Connects').toBe(2);
  expect(connection.status().account).toMatchObject({ displayName: 'janerenamed', email: 'jane@example.test' });
  rig.upwork.apiFails = trouble('unavailable', { httpStatus: 503, requestId: 'trace-9' });
  await expect(connection.check()).rejects.toMatchObject({
    failures: [
      { type: 'UpstreamError', code: 'UPSTREAM_ERROR', httpStatus: 503, requestId: 'trace-9', retryable: true },
    ],
  });
});

it('knows when everything was last read from the platform', async () => {
  await using rig = await startRig();
  const { connection } = await rig.connected();
  expect(connection.status().lastSyncAt).toBeUndefined();
  rig.db.sql.prepare("INSERT INTO meta (key, value) VALUES ('synced_at', '1000')").run();
  expect(connection.status().lastSyncAt).toEqual(new Date(1_000));
});

it('leaves no timer behind when it is closed', async () => {
  await using rig = await startRig();
  const { connection } = await rig.connected();
  await connection.connect({ force: true, allowAccountChange: false });
  const closed = connection.close();
  await rig.clock.advance(0);
  await closed;
  await rig.clock.advance(8_000);
  expect(rig.clock.pending()).toBe(0);
});
