import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../../sandbox/vault/settings.ts';
import { startTestVault } from '../../support/vault-store.ts';

const tokens = { accessToken: 'access', refreshToken: 'refresh' };
const data = 'secret/data/ghoststack/prospector';

describe.each<Dialect>(['vault', 'openbao'])('Prospector, with secrets in Vault (%s),', (dialect) => {
  it('keeps what was written, under Vault’s versions, with nothing but the shipped policy', async () => {
    await using vault = await startTestVault({ dialect });
    const store = await vault.open();
    expect(await store.check()).toEqual({ available: true });
    expect(await store.read('upwork/tokens')).toBeUndefined();
    expect(await store.write('upwork/tokens', tokens, 0)).toBe(1);
    expect(await store.write('upwork/credentials', { clientId: 'id' }, 0)).toBe(1);
    expect(await store.write('upwork/tokens', { ...tokens, accessToken: 'newer' }, 1)).toBe(2);
    expect(await store.read('upwork/tokens')).toEqual({ data: { ...tokens, accessToken: 'newer' }, version: 2 });
    expect(await store.list()).toEqual(['upwork/credentials', 'upwork/tokens']);
    await store.remove('upwork/tokens');
    await store.remove('upwork/tokens');
    expect(await store.read('upwork/tokens')).toBeUndefined();
    expect(await store.list()).toEqual(['upwork/credentials']);
    expect(await store.write('upwork/tokens', tokens, 0)).toBe(1);
    expect(store.place).toMatch(/^Vault at 127\.0\.0\.1:\d+, secret\/ghoststack\/prospector$/);
  });

  it('checks and sets with every write, and overwrites no other version', async () => {
    await using vault = await startTestVault({ dialect });
    const store = await vault.open();
    await store.write('a', { n: 1 }, 0);
    for (const expectedVersion of [0, 2, 7])
      await expect(store.write('a', { n: 2 }, expectedVersion)).rejects.toMatchObject({
        name: 'SecretStoreError',
        code: 'conflict',
      });
    expect(await store.read('a')).toEqual({ data: { n: 1 }, version: 1 });
    expect(await store.check()).toEqual({ available: true });
  });

  it('lets one of two writers win', async () => {
    await using vault = await startTestVault({ dialect });
    const [one, two] = await Promise.all([vault.open(), vault.open()]);
    await one.write('a', { n: 0 }, 0);
    const results = await Promise.allSettled([one.write('a', { n: 1 }, 1), two.write('a', { n: 2 }, 1)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
  });

  it('takes a write whose answer was lost for done, and one that was not done for undone', async () => {
    await using vault = await startTestVault({ dialect });
    const store = await vault.open();
    vault.control.fail({ kind: 'reset-after', path: `${data}/a`, method: 'POST' });
    expect(await store.write('a', { n: 1, none: undefined }, 0)).toBe(1);
    vault.control.fail({ kind: 'reset', path: `${data}/a`, method: 'POST' });
    await expect(store.write('a', { n: 2 }, 1)).rejects.toMatchObject({ code: 'unreachable' });
    await vault.pass(5_000);
    expect(await store.read('a')).toEqual({ data: { n: 1 }, version: 1 });
    // An earlier try came through while Vault was away: writing the same again finds it done.
    expect(await store.write('a', { n: 1 }, 0)).toBe(1);
  });

  it('tells a deleted, a destroyed and an absent secret apart, and writes over none of them', async () => {
    await using vault = await startTestVault({ dialect });
    const store = await vault.open();
    const ask = (path: string, method: string, body?: object) =>
      fetch(`${vault.double.url}/v1/${path}`, {
        method,
        headers: { 'x-vault-token': vault.double.rootToken },
        ...(body && { body: JSON.stringify(body) }),
      });
    await store.write('a', { n: 1 }, 0);
    await ask(`${data}/a`, 'DELETE');
    const deleted = {
      code: 'deleted',
      message: expect.stringContaining('vault kv undelete -mount=secret -versions=1 ghoststack/prospector/a'),
    };
    await expect(store.read('a')).rejects.toMatchObject(deleted);
    await expect(store.write('a', { n: 2 }, 0)).rejects.toMatchObject({ ...deleted, code: 'conflict' });
    await ask('secret/undelete/ghoststack/prospector/a', 'POST', { versions: [1] });
    expect(await store.read('a')).toEqual({ data: { n: 1 }, version: 1 });
    await ask('secret/destroy/ghoststack/prospector/a', 'POST', { versions: [1] });
    const destroyed = { code: 'deleted', message: expect.stringContaining('was destroyed and cannot be brought back') };
    await expect(store.read('a')).rejects.toMatchObject(destroyed);
    await expect(store.write('a', { n: 2 }, 0)).rejects.toMatchObject({ ...destroyed, code: 'conflict' });
    await ask('secret/metadata/ghoststack/prospector/a', 'DELETE');
    expect(await store.read('a')).toBeUndefined();
    expect(await store.check()).toEqual({ available: true });
  });

  it('takes a mistake of our own for one, not for trouble with Vault', async () => {
    await using vault = await startTestVault({ dialect });
    const store = await vault.open();
    for (const path of ['', '../a', 'a/', 'sys/health?x']) {
      await expect(store.read(path)).rejects.toThrow(TypeError);
      await expect(store.write(path, {}, 0)).rejects.toThrow(TypeError);
      await expect(store.remove(path)).rejects.toThrow(TypeError);
    }
    await expect(store.write('a', { n: 1n }, 0)).rejects.toThrow(TypeError);
    expect(await store.check()).toEqual({ available: true });
    expect(await store.write('sys/health', { n: 1 }, 0)).toBe(1);
    expect(await store.read('sys/health')).toEqual({ data: { n: 1 }, version: 1 });
  });

  it('believes that nothing is there only on a mount that is still KV v2', async () => {
    await using vault = await startTestVault({ dialect });
    const store = await vault.open();
    const root = { 'x-vault-token': vault.double.rootToken };
    await fetch(`${vault.double.url}/v1/sys/mounts/secret`, { method: 'DELETE', headers: root });
    vault.control.mount('secret/', 'kv', { version: '1' });
    await expect(store.read('a')).rejects.toMatchObject({ code: 'kv_v1' });
    await expect(store.list()).rejects.toMatchObject({ code: 'kv_v1' });
  });

  it.each([
    [404, '{"errors":null}'],
    [404, '{}'],
    [404, '<html>not found</html>'],
    [404, ''],
    [200, '{"data":{}}'],
    [200, '{"data":{"data":null,"metadata":{"version":1}}}'],
    [200, '{"data":{"data":{"n":1},"metadata":{"version":"1"}}}'],
    [200, '{"errors":[]}'],
    [200, ''],
    [204, ''],
    [200, '{"data":{"data":{"n":1},"met'],
    [200, '<html>log in</html>'],
    [403, '<html>forbidden</html>'],
    [418, '{"errors":["teapot"]}'],
  ])('never takes status %i with %j for an absent secret', async (status, body) => {
    await using vault = await startTestVault({ dialect });
    const store = await vault.open();
    vault.control.fail({ kind: 'status', status, body, path: `${data}/*` });
    await expect(store.read('a')).rejects.toMatchObject({
      name: 'SecretStoreError',
      code: expect.stringMatching(/^(?:unexpected_response|permission_denied)$/),
    });
  });

  it('sends the namespace with every request but health, and keeps the mount and path it is given', async () => {
    await using vault = await startTestVault({ dialect });
    const root = { 'x-vault-token': vault.double.rootToken };
    const make = (path: string, body: object, namespace?: string) =>
      fetch(`${vault.double.url}/v1/${path}`, {
        method: 'POST',
        headers: { ...root, ...(namespace !== undefined && { 'x-vault-namespace': namespace }) },
        body: JSON.stringify(body),
      });
    await make('sys/namespaces/team', {});
    await make('sys/mounts/apps/kv', { type: 'kv', options: { version: '2' } }, 'team');
    const store = await vault.open({
      namespace: 'team',
      mount: 'apps/kv/',
      path: '/here',
      token: vault.double.rootToken,
    });
    vault.control.clearJournal();
    expect(await store.write('a', { n: 1 }, 0)).toBe(1);
    expect(await store.list()).toEqual(['a']);
    await vault.pass(20_000);
    const entries = vault.control.journal().map(({ path, namespace }) => ({ path, namespace }));
    expect(entries).toContainEqual({ path: 'apps/kv/data/here/a', namespace: 'team' });
    expect(entries).toContainEqual({ path: 'sys/health', namespace: null });
    expect(entries.filter(({ path, namespace }) => (path === 'sys/health') !== (namespace === null))).toEqual([]);
    expect(store.place).toContain('(namespace team), apps/kv/here');
  });
});
