import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../../sandbox/vault/settings.ts';
import { startTestVault } from '../../support/vault-store.ts';

const minute = 60_000;
const hour = 60 * minute;
const renewal = 'POST auth/token/renew-self 200';
const login = 'POST auth/approle/login 200';

/** A file of a test, which goes away with `using`. */
function createFile(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'prospector-vault-'));
  const path = join(folder, 'file');
  const write = (next: string) => writeFileSync(path, next, { mode: 0o600 });
  write(text);
  return { path, write, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

const count = (list: readonly string[], what: string) => list.filter((entry) => entry === what).length;

describe.each<Dialect>(['vault', 'openbao'])('Prospector, logged in to Vault (%s),', (dialect) => {
  it('renews two thirds into each lease, for ever', async () => {
    await using vault = await startTestVault({ dialect });
    const store = await vault.open({ token: vault.token({ ttl: 300, period: 300 }) });
    vault.control.clearJournal();
    await vault.pass(199_000);
    expect(count(vault.asked(), renewal)).toBe(0);
    await vault.pass(2_000);
    expect(count(vault.asked(), renewal)).toBe(1);
    await vault.pass(hour);
    expect(count(vault.asked(), renewal)).toBe(19);
    expect(await store.write('a', { n: 1 }, 0)).toBe(1);
    expect(vault.logged.messages('warn')).toEqual([]);
  });

  it('never renews a root token, and takes a token it may not look up', async () => {
    await using vault = await startTestVault({ dialect });
    await vault.open({ token: vault.double.rootToken });
    vault.control.writePolicy('narrow', 'path "secret/*" { capabilities = ["create", "read", "update"] }');
    vault.control.writePolicy('default', 'path "nothing" { capabilities = ["read"] }');
    const store = await vault.open({ token: vault.token({ policies: ['narrow'] }) });
    expect(await store.write('a', { n: 1 }, 0)).toBe(1);
    vault.control.clearJournal();
    await vault.pass(20 * minute);
    expect(vault.asked().filter((entry) => entry.includes('auth/'))).toEqual([]);
  });

  it('logs in with AppRole, and again before a token that cannot be extended ends', async () => {
    await using vault = await startTestVault({ dialect });
    const role = vault.control.addRole('prospector', {
      token_policies: 'prospector',
      token_ttl: 120,
      token_max_ttl: 360,
    });
    const store = await vault.open(role);
    const accessors = new Set<string>();
    for (let elapsed = 0; elapsed < 24; elapsed += 1) {
      await vault.pass(90_000);
      expect(await store.read('a')).toBeUndefined();
      accessors.add(vault.control.journal().at(-1)?.accessor ?? '');
    }
    const asked = vault.asked();
    expect(asked.filter((entry) => / 403$/.test(entry))).toEqual([]);
    expect(count(asked, login)).toBeGreaterThanOrEqual(6);
    expect(count(asked, login)).toBeLessThanOrEqual(9);
    expect(accessors.size).toBeGreaterThanOrEqual(6);
    expect(vault.logged.messages('warn')).toEqual([]);
  });

  it('keeps trying to renew until the lease ends, and logs in again after an outage longer than it', async () => {
    await using vault = await startTestVault({ dialect });
    const role = vault.control.addRole('prospector', { token_policies: 'prospector', token_ttl: 600 });
    const store = await vault.open(role);
    vault.control.fail({ kind: 'status', status: 500, path: 'auth/token/renew-self', times: 3 });
    await vault.pass(9 * minute);
    expect(count(vault.asked(), renewal)).toBe(1);
    expect(await store.read('a')).toBeUndefined();
    vault.control.seal();
    await vault.pass(12 * minute);
    vault.control.unseal();
    vault.control.clearJournal();
    await vault.pass(5_000);
    expect(await store.write('a', { n: 1 }, 0)).toBe(1);
    expect(count(vault.asked(), login)).toBe(1);
  });

  it('logs in again when Vault says that the token is dead, and carries out what was asked', async () => {
    await using vault = await startTestVault({ dialect });
    const store = await vault.open(vault.control.addRole('prospector', { token_policies: 'prospector' }));
    vault.control.revokeAllTokens();
    vault.control.clearJournal();
    expect(await Promise.all([store.write('a', { n: 1 }, 0), store.read('b'), store.read('c')])).toEqual([
      1,
      undefined,
      undefined,
    ]);
    expect(count(vault.asked(), login)).toBe(1);
    // The newer texts say it; the older ones leave it open, and Vault is asked.
    const questions = vault.asked().filter((entry) => entry.includes('lookup-self'));
    expect(questions.length > 0).toBe(dialect === 'openbao');
    expect(await store.check()).toEqual({ available: true });
  });

  it('logs in again at most once a minute, whatever ends its tokens', async () => {
    await using vault = await startTestVault({ dialect });
    const store = await vault.open(vault.control.addRole('prospector', { token_policies: 'prospector' }));
    vault.control.clearJournal();
    for (let second = 0; second < 300; second += 1) {
      vault.control.revokeAllTokens();
      await store.read('a').catch((error) => expect(error).toMatchObject({ code: 'auth_failed' }));
      await vault.pass(1_000);
    }
    expect(count(vault.asked(), login)).toBeLessThanOrEqual(6);
    expect(count(vault.asked(), login)).toBeGreaterThanOrEqual(5);
    await vault.pass(65_000);
    expect(await store.read('a')).toBeUndefined();
  });

  it('does not log in for a refusal that is a policy’s', async () => {
    await using vault = await startTestVault({ dialect });
    const store = await vault.open(vault.control.addRole('prospector', { token_policies: 'prospector' }));
    vault.control.writePolicy('prospector', 'path "secret/data/ghoststack/prospector/b" { capabilities = ["read"] }');
    vault.control.clearJournal();
    for (let tries = 0; tries < 20; tries += 1)
      await expect(store.read('a')).rejects.toMatchObject({
        code: 'permission_denied',
        message: expect.stringContaining('"read" on secret/data/ghoststack/prospector/a'),
      });
    expect(vault.asked().filter((entry) => entry.includes('auth/'))).toEqual([]);
    expect(await store.read('b').catch((error) => error.code)).toBeUndefined();
  });

  it('says which token to replace when it was given one that died, and does not insist', async () => {
    await using vault = await startTestVault({ dialect });
    const token = vault.token();
    const store = await vault.open({ token });
    vault.control.revokeToken(token);
    await expect(store.read('a')).rejects.toMatchObject({
      code: 'auth_failed',
      message: expect.stringMatching(/Vault does not accept VAULT_TOKEN.*vault token create -policy=prospector/),
    });
    vault.control.clearJournal();
    await vault.pass(10 * minute);
    expect(vault.asked().filter((entry) => entry.includes('lookup-self')).length).toBeLessThanOrEqual(4);
    expect((await store.check()).available).toBe(false);
  });

  it('says so of a token that can be none', async () => {
    await using vault = await startTestVault({ dialect });
    const store = await vault.open({ token: 'two words' });
    expect(await store.check()).toMatchObject({ code: 'auth_failed', message: expect.stringContaining('VAULT_TOKEN') });
    expect(vault.asked()).not.toContain('GET auth/token/lookup-self 403');
  });

  it('warns once, in time, that a token it was given cannot be renewed any more', async () => {
    await using vault = await startTestVault({ dialect });
    await vault.open({ token: vault.token({ ttl: 1_200, maxTtl: 3_000 }) });
    await vault.pass(45 * minute);
    expect(vault.logged.messages('warn')).toEqual([expect.stringContaining('cannot be renewed any more')]);
    await vault.pass(10 * minute);
    expect(vault.logged.messages('warn')).toHaveLength(1);
  });

  it('reads a token file again when it changes, and when Vault refuses the token in it', async () => {
    await using vault = await startTestVault({ dialect, settings: { requireRequestHeader: true } });
    using file = createFile(`${vault.token()}\n`);
    const store = await vault.open({ tokenFile: file.path });
    const used = () => vault.control.journal().at(-1)?.accessor;
    expect(await store.write('a', { n: 1 }, 0)).toBe(1);
    const first = used();
    const second = vault.token();
    file.write(second);
    expect(await store.read('a')).toEqual({ data: { n: 1 }, version: 1 });
    expect(used()).not.toBe(first);
    // Rotated again and again within a minute, as an agent does after a failure of its own.
    for (let rotation = 0; rotation < 5; rotation += 1) {
      vault.control.revokeAllTokens();
      file.write(`${vault.token()}\n${' '.repeat(rotation)}`);
      expect(await store.read('a')).toEqual({ data: { n: 1 }, version: 1 });
    }
    vault.control.revokeAllTokens();
    await expect(store.read('a')).rejects.toMatchObject({
      code: 'auth_failed',
      message: expect.stringContaining(file.path),
    });
    file.write(`${vault.token()}\n\n`);
    await vault.pass(5_000);
    expect(await store.read('a')).toEqual({ data: { n: 1 }, version: 1 });
  });

  it('keeps a token that lives while its file is being written', async () => {
    await using vault = await startTestVault({ dialect });
    using file = createFile(vault.token());
    const store = await vault.open({ tokenFile: file.path });
    file.write('');
    expect(await store.write('a', { n: 1 }, 0)).toBe(1);
  });
});

describe('Prospector, refused by AppRole,', () => {
  it('backs off to five minutes, says what to renew, and logs in once it is', async () => {
    await using vault = await startTestVault();
    const { roleId, secretId } = vault.control.addRole('prospector', { token_policies: 'prospector' });
    using file = createFile('wrong');
    const store = await vault.open({ roleId, secretIdFile: file.path });
    expect(await store.check()).toMatchObject({ code: 'auth_failed', nextAction: expect.stringContaining(file.path) });
    await vault.pass(20 * minute);
    const times = vault.control
      .journal()
      .filter(({ path }) => path === 'auth/approle/login')
      .map(({ at }) => Date.parse(at));
    const gaps = times.slice(1).map((time, index) => Math.round((time - (times[index] ?? 0)) / 1_000));
    expect(gaps.map((gap) => Math.floor(gap / 60))).toEqual([1, 2, 4, 5, 5]);
    file.write(secretId);
    // Five wrong ones lock the role for 15 minutes.
    await vault.pass(21 * minute);
    expect(await store.read('a')).toBeUndefined();
  });

  it.each([
    ['a secret_id used up', { secret_id_num_uses: 1, token_ttl: 60, token_max_ttl: 60 }, 'used up'],
    ['another address', { secret_id_bound_cidrs: '10.0.0.0/8' }, 'CIDR'],
  ])('tells %s', async (_what, wish, words) => {
    await using vault = await startTestVault();
    const store = await vault.open(vault.control.addRole('prospector', { token_policies: 'prospector', ...wish }));
    await vault.pass(3 * minute);
    const outcome = await store.read('a').catch((error: unknown) => error);
    expect(outcome).toMatchObject({ code: 'auth_failed', message: expect.stringContaining(words) });
  });

  it('uses a token to its end when no other can be had', async () => {
    await using vault = await startTestVault();
    const wish = { token_policies: 'prospector', secret_id_num_uses: 1, token_ttl: 600, token_max_ttl: 600 };
    const store = await vault.open(vault.control.addRole('prospector', wish));
    await vault.pass(9 * minute);
    expect(await store.read('a')).toBeUndefined();
    await vault.pass(2 * minute);
    await expect(store.read('a')).rejects.toMatchObject({ code: 'auth_failed' });
  });

  it('says so when AppRole is not there', async () => {
    await using vault = await startTestVault();
    const store = await vault.open({ roleId: 'role', secretId: 'secret' });
    expect(await store.check()).toMatchObject({
      code: 'auth_failed',
      message: expect.stringContaining('not enabled at auth/approle'),
    });
  });

  it('ends the token it made when it stops, and no other', async () => {
    await using vault = await startTestVault();
    const given = vault.token();
    const one = await vault.open(vault.control.addRole('prospector', { token_policies: 'prospector' }));
    const two = await vault.open({ token: given });
    vault.control.clearJournal();
    await one.close();
    await two.close();
    expect(vault.asked()).toEqual(['POST auth/token/revoke-self 204']);
    expect(vault.control.revokeToken(given)).toBe(true);
  });
});

describe('Prospector, given a wrapped secret_id,', () => {
  const wrap = async (vault: Awaited<ReturnType<typeof startTestVault>>, path: string, body: object = {}) => {
    const response = await fetch(`${vault.double.url}/v1/${path}`, {
      method: 'POST',
      headers: { 'x-vault-token': vault.double.rootToken, 'x-vault-wrap-ttl': '600' },
      body: JSON.stringify(body),
    });
    return ((await response.json()) as { wrap_info: { token: string } }).wrap_info.token;
  };
  const secretIdPath = 'auth/approle/role/prospector/secret-id';

  it('opens it once, and logs in with it as often as needed', async () => {
    await using vault = await startTestVault();
    const { roleId } = vault.control.addRole('prospector', {
      token_policies: 'prospector',
      token_ttl: 120,
      token_max_ttl: 120,
    });
    const wrapping = await wrap(vault, secretIdPath);
    const store = await vault.open({ roleId, secretId: wrapping, secretIdWrapped: true });
    await vault.pass(10 * minute);
    expect(await store.read('a')).toBeUndefined();
    expect(count(vault.asked(), 'POST sys/wrapping/unwrap 200')).toBe(1);
    expect(count(vault.asked(), login)).toBeGreaterThan(4);
  });

  it('raises the alarm when somebody has opened it, or it wraps something else, and does not open that', async () => {
    await using vault = await startTestVault();
    const { roleId } = vault.control.addRole('prospector', { token_policies: 'prospector' });
    const opened = await wrap(vault, secretIdPath);
    await fetch(`${vault.double.url}/v1/sys/wrapping/unwrap`, { method: 'POST', headers: { 'x-vault-token': opened } });
    const forged = await wrap(vault, 'sys/wrapping/wrap', { secret_id: 'of somebody else' });
    vault.control.clearJournal();
    for (const [secretId, words] of [
      [opened, 'it was opened before'],
      [forged, 'it does not wrap a secret_id'],
    ] as const) {
      const store = await vault.open({ roleId, secretId, secretIdWrapped: true });
      const health = await store.check();
      expect(health).toMatchObject({
        code: 'auth_failed',
        message: expect.stringContaining(words),
        nextAction: expect.stringContaining('somebody else may have the secret_id'),
      });
    }
    await vault.pass(10 * minute);
    expect(vault.logged.messages('error')).toEqual([
      expect.stringContaining('cannot be trusted'),
      expect.stringContaining('cannot be trusted'),
    ]);
    expect(vault.asked().filter((entry) => /unwrap|login/.test(entry))).toEqual([]);
  });
});
