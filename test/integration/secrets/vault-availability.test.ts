import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { SecretStoreHealth } from '../../../src/services/secrets/model.ts';
import { startTestVault } from '../../support/vault-store.ts';

const sealed = {
  available: false,
  code: 'sealed',
  message: 'Vault is sealed.',
  nextAction: 'Unseal it (vault operator unseal), Prospector goes on by itself.',
} as const;

describe('Prospector, while Vault cannot be used,', () => {
  it('starts, says why, asks at most once a second and less often with time, and is back within 5 s', async () => {
    await using vault = await startTestVault();
    const token = vault.token();
    vault.control.seal();
    const store = await vault.open({ token });
    const heard: SecretStoreHealth[] = [];
    store.onHealthChange((health) => heard.push(health));
    expect(await store.check()).toEqual(sealed);
    await expect(store.read('a')).rejects.toMatchObject({ name: 'SecretStoreError', code: 'sealed' });
    await expect(store.write('a', { n: 1 }, 0)).rejects.toMatchObject({ code: 'sealed' });
    vault.control.clearJournal();
    await vault.pass(60_000);
    const times = vault.control.journal().map(({ at }) => Date.parse(at));
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(5_000);
    expect(gaps.at(-1)).toBeGreaterThan(4_000);
    expect(new Set(vault.asked())).toEqual(new Set(['GET sys/health 503']));
    vault.control.unseal();
    await vault.pass(5_000);
    expect(heard).toEqual([{ available: true }]);
    expect(await store.write('a', { n: 1 }, 0)).toBe(1);
  });

  it('is back within 5 s whenever Vault comes back, however long it was away', async () => {
    await using vault = await startTestVault();
    const store = await vault.open();
    for (const awayMs of [250, 1_000, 1_250, 4_000, 7_750, 30_500]) {
      vault.control.seal();
      await vault.pass(16_000);
      expect((await store.check()).available, `away ${awayMs}`).toBe(false);
      await vault.pass(awayMs);
      vault.control.unseal();
      await vault.pass(5_000);
      expect(await store.check(), `away ${awayMs}`).toEqual({ available: true });
    }
  });

  it.each([
    ['unreachable', 'cannot be reached (connection refused)'],
    ['uninitialized', 'is not initialized'],
  ])('starts when it is %s', async (code, message) => {
    await using vault = await startTestVault({ uninitialized: code === 'uninitialized' });
    const address = code === 'unreachable' ? await freeAddress() : vault.double.url;
    const store = await vault.open({ token: 'hvs.x', address });
    expect(await store.check()).toMatchObject({ available: false, code, message: expect.stringContaining(message) });
    await expect(store.read('a')).rejects.toMatchObject({ code });
  });

  it.each([
    ['forward', true, 'standby'],
    ['redirect', false, 'standby'],
    ['no-leader', false, 'standby'],
    ['not-active', false, 'standby'],
    ['electing', false, 'unreachable'],
  ] as const)('uses a standby only if it forwards (%s)', async (standby, available, code) => {
    await using vault = await startTestVault({ settings: { standby } });
    const token = vault.token();
    vault.control.setRole('standby');
    const store = await vault.open({ token });
    expect(await store.check()).toMatchObject(available ? { available } : { available, code });
    vault.control.setRole('active');
    await vault.pass(5_000);
    expect(await store.check()).toEqual({ available: true });
  });

  it('uses a performance standby, and no disaster recovery secondary', async () => {
    await using vault = await startTestVault();
    const token = vault.token();
    vault.control.setRole('perf');
    expect(await (await vault.open({ token })).check()).toEqual({ available: true });
    vault.control.setRole('dr');
    expect(await (await vault.open({ token })).check()).toMatchObject({ code: 'standby' });
  });

  it('outlives the errors after an unseal', async () => {
    await using vault = await startTestVault({ settings: { warmUpFailures: 4 } });
    const token = vault.token();
    vault.control.seal();
    const store = await vault.open({ token });
    vault.control.unseal();
    const seen = new Set<string>();
    store.onHealthChange((health) => seen.add(health.available ? 'available' : health.code));
    await vault.pass(30_000);
    expect([...seen]).toEqual(['unreachable', 'available']);
    expect(await store.read('a')).toBeUndefined();
  });

  it('notices a seal though nobody reads, in one line of the log each way', async () => {
    await using vault = await startTestVault();
    const store = await vault.open();
    const heard: SecretStoreHealth[] = [];
    store.onHealthChange((health) => heard.push(health));
    vault.control.seal();
    await vault.pass(60_000);
    vault.control.unseal();
    await vault.pass(5_000);
    expect(heard).toEqual([sealed, { available: true }]);
    expect(vault.logged.messages('warn')).toEqual([expect.stringContaining('Vault is sealed.')]);
    expect(vault.logged.messages('error')).toEqual([]);
  });

  it('asks Vault nothing for callers that insist', async () => {
    await using vault = await startTestVault();
    const store = await vault.open();
    vault.control.seal();
    await expect(store.read('a')).rejects.toMatchObject({ code: 'sealed' });
    vault.control.clearJournal();
    for (let tries = 0; tries < 1_000; tries += 1) {
      await expect(store.read('a')).rejects.toMatchObject({ code: 'sealed' });
      await store.check();
    }
    expect(vault.asked()).toEqual([]);
  });

  it('answers any number of checks with one look a second', async () => {
    await using vault = await startTestVault();
    const store = await vault.open();
    await vault.pass(1_000);
    vault.control.clearJournal();
    await Promise.all(Array.from({ length: 200 }, () => store.check()));
    for (let tries = 0; tries < 50; tries += 1) await store.check();
    expect(vault.asked()).toEqual(['GET sys/health 200']);
  });

  it('leaves a Vault with a quota alone for as long as it asks', async () => {
    await using vault = await startTestVault();
    const store = await vault.open();
    vault.control.fail({ kind: 'status', status: 429, headers: { 'retry-after': '30' }, path: 'secret/*' });
    await expect(store.read('a')).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 30_000 });
    vault.control.clearJournal();
    await vault.pass(29_000);
    expect(vault.asked()).toEqual([]);
    await vault.pass(1_500);
    expect(await store.check()).toEqual({ available: true });
  });

  it('gives up on a Vault that hangs or drips, and is back within 5 s of its recovery', async () => {
    for (const kind of ['hang', 'drip'] as const) {
      await using vault = await startTestVault();
      const store = await vault.open();
      vault.stopWaiting();
      vault.control.fail({ kind, path: 'secret/*' });
      vault.control.fail({ kind: 'hang', path: 'sys/health', times: 1_000 });
      const read = store.read('a').catch((error: unknown) => error);
      await expect.poll(() => vault.control.journal().at(-1)?.path).toContain('secret/data');
      await vault.clock.advance(9_999);
      await vault.clock.advance(1);
      expect(await read).toMatchObject({
        code: 'unreachable',
        message: expect.stringContaining('no complete answer in time'),
      });
      await vault.clock.advance(12_250);
      expect((await store.check()).available).toBe(false);
      vault.control.clearFaults();
      await vault.clock.advance(5_000);
      await expect.poll(() => store.check(), { message: kind }).toEqual({ available: true });
    }
  });

  it('believes a request that failed, not a glance that went well meanwhile', async () => {
    await using vault = await startTestVault();
    const store = await vault.open();
    await vault.pass(1_000);
    vault.stopWaiting();
    vault.control.fail({ kind: 'slow', delayMs: 100, path: 'sys/health' });
    vault.control.fail({ kind: 'reset', path: 'secret/*' });
    const glance = store.check();
    await expect(store.read('a')).rejects.toMatchObject({ code: 'unreachable' });
    expect((await glance).available).toBe(false);
    await vault.clock.advance(1_000);
    await expect.poll(() => store.check()).toEqual({ available: true });
  });

  it('does not announce every second a failure that no probe sees', async () => {
    await using vault = await startTestVault();
    const store = await vault.open();
    await vault.pass(60_000);
    let changes = 0;
    store.onHealthChange(() => {
      changes += 1;
    });
    vault.control.fail({ kind: 'status', status: 200, body: 'nonsense', path: 'secret/data/*', times: 10_000 });
    for (let tenth = 0; tenth < 600; tenth += 1) {
      await store.read('a').catch(() => {});
      await vault.pass(100);
    }
    expect(changes).toBeLessThan(40);
  });

  it('asks nothing more once it is closed', async () => {
    await using vault = await startTestVault();
    const store = await vault.open();
    await store.close();
    vault.control.clearJournal();
    await expect(store.read('a')).rejects.toMatchObject({ code: 'unreachable' });
    await vault.pass(60_000);
    expect(vault.asked()).toEqual([]);
    expect(vault.clock.pending()).toBe(0);
  });
});

describe('Prospector tells apart, before it believes or writes anything,', () => {
  it.each([
    ['no engine at the mount', { mount: 'nothing-here' }, 'wrong_mount', 'vault secrets enable -path=nothing-here'],
    ['an engine of another kind', { mount: 'transit' }, 'wrong_mount', 'it is of type "transit"'],
    ['a mount that ends elsewhere', { mount: 'secret/deeper' }, 'wrong_mount', 'the mount there is "secret/"'],
    ['KV version 1', { mount: 'old' }, 'kv_v1', 'vault kv enable-versioning old'],
  ])('%s', async (_what, overrides, code, advice) => {
    await using vault = await startTestVault();
    vault.control.mount('old/', 'kv', { version: '1' });
    vault.control.mount('transit/', 'transit');
    const store = await vault.open({ token: vault.double.rootToken, ...overrides });
    expect(await store.check()).toMatchObject({ available: false, code });
    await expect(store.read('a')).rejects.toMatchObject({ code, message: expect.stringContaining(advice) });
    await expect(store.write('a', { n: 1 }, 0)).rejects.toMatchObject({ code });
    expect(vault.control.journal().filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('a policy that allows nothing there', async () => {
    for (const dialect of ['vault', 'openbao'] as const) {
      await using vault = await startTestVault({ dialect });
      const store = await vault.open({ token: vault.token({ policies: ['default'] }) });
      expect(await store.check()).toMatchObject({
        code: 'permission_denied',
        nextAction: expect.stringContaining('docs/vault-policy.hcl'),
      });
      vault.control.writePolicy(
        'default',
        vault.control.journal().length > 0 ? 'path "secret/*" { capabilities = ["read"] }' : '',
      );
      await vault.pass(5_000);
      expect(await store.check()).toEqual({ available: true });
      await expect(store.write('a', { n: 1 }, 0)).rejects.toMatchObject({
        code: 'permission_denied',
        message: expect.stringContaining('"create, update" on secret/data/ghoststack/prospector/a'),
      });
      expect(await store.check()).toEqual({ available: true });
    }
  });

  it('a mount that is being upgraded, and goes on when it is', async () => {
    await using vault = await startTestVault({ settings: { upgrading: true } });
    const store = await vault.open();
    await expect(store.read('a')).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('upgraded to KV v2'),
    });
    vault.control.set({ upgrading: false });
    await vault.pass(5_000);
    expect(await store.read('a')).toBeUndefined();
  });

  it('a server or proxy that is not Vault, whatever refusals it has, without logging in again', async () => {
    for (const [status, body] of [
      [400, 'Client sent an HTTP request to an HTTPS server.'],
      [403, '<html>forbidden</html>'],
      [405, ''],
      [418, '{"message":"proxy"}'],
    ] as const) {
      await using vault = await startTestVault();
      const role = vault.control.addRole('prospector', { token_policies: 'prospector' });
      const store = await vault.open(role);
      vault.control.clearJournal();
      vault.control.fail({ kind: 'status', status, body, path: '*', times: 100 });
      await expect(store.read('a')).rejects.toMatchObject({ code: 'unexpected_response' });
      const late = await vault.open(role);
      expect(await late.check(), `${status}`).toMatchObject({ code: 'unexpected_response' });
      expect(vault.asked().filter((entry) => entry.includes('login'))).toHaveLength(1);
    }
  });

  it('settings that can never work, at the start', async () => {
    await using vault = await startTestVault();
    for (const overrides of [{ mount: 'a b' }, { path: '../x' }, { path: 'a//b' }, { mount: '' }])
      await expect(vault.open(overrides)).rejects.toMatchObject({ code: 'wrong_mount' });
    for (const address of ['vault.example.com', 'https://user:canary@vault.example.com', 'ftp://vault.example.com']) {
      const refused = await vault.open({ address }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'unreachable', message: expect.stringContaining('VAULT_ADDR') });
      expect(String(refused)).not.toContain('canary');
    }
  });
});

/** An address on which nobody listens. */
async function freeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}
