import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openEmbeddedStore } from '../../../../src/services/secrets/embedded/open-embedded-store.ts';
import type { SecretStoreHealth } from '../../../../src/services/secrets/model.ts';
import { createSecretsHome } from '../../../support/secrets-home.ts';

const tokens = { accessToken: 'canary-access', refreshToken: 'canary-refresh' };

describe('Prospector without a Vault', () => {
  it('keeps what was written, under the version it was written with', async () => {
    using home = createSecretsHome();
    const store = await home.open();
    expect(await store.read('upwork/tokens')).toBeUndefined();
    expect(await store.write('upwork/tokens', tokens, 0)).toBe(1);
    expect(await store.write('upwork/credentials', { clientId: 'id' }, 0)).toBe(1);
    expect(await store.write('upwork/tokens', { ...tokens, accessToken: 'newer' }, 1)).toBe(2);
    expect(await store.read('upwork/tokens')).toEqual({ data: { ...tokens, accessToken: 'newer' }, version: 2 });
    expect(await store.list()).toEqual(['upwork/credentials', 'upwork/tokens']);
    await store.remove('upwork/tokens');
    await store.remove('upwork/tokens');
    expect(await store.list()).toEqual(['upwork/credentials']);
    expect(await store.write('upwork/tokens', tokens, 0)).toBe(1);
  });

  it('never overwrites another version', async () => {
    using home = createSecretsHome();
    const store = await home.open();
    await store.write('a', { n: 1 }, 0);
    for (const expectedVersion of [0, 2]) {
      await expect(store.write('a', { n: 2 }, expectedVersion)).rejects.toMatchObject({
        name: 'SecretStoreError',
        code: 'conflict',
      });
    }
    await expect(store.write('b', { n: 2 }, 1)).rejects.toMatchObject({ code: 'conflict' });
    expect(await store.read('a')).toEqual({ data: { n: 1 }, version: 1 });
    expect(await store.list()).toEqual(['a']);
  });

  it('lets one of two writers win', async () => {
    using home = createSecretsHome();
    const [one, two] = await Promise.all([home.open(), openEmbeddedStore({ ...home, db: home.another() })]);
    await one.write('a', { n: 0 }, 0);
    const results = await Promise.allSettled([one.write('a', { n: 1 }, 1), two.write('a', { n: 2 }, 1)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('has no plaintext in database, log or key file, and a key nobody else can read', async () => {
    using home = createSecretsHome();
    const store = await home.open();
    await store.write('upwork/tokens', tokens, 0);
    const bytes = Buffer.concat([home.path, `${home.path}-wal`, home.keyFile].map((file) => readFileSync(file)));
    expect(bytes.includes('canary')).toBe(false);
    expect(statSync(home.keyFile).mode & 0o777).toBe(0o600);
  });

  it('refuses paths that mean something else elsewhere', async () => {
    using home = createSecretsHome();
    const store = await home.open();
    for (const path of ['', '/', 'a/', '/a', 'a//b', '../a', 'a b', 'a?b', 'a%2fb', 'ä', 'a\n'])
      await expect(store.read(path)).rejects.toThrow(TypeError);
  });

  it('keeps the key it made at the first start', async () => {
    using home = createSecretsHome();
    await (await home.open()).write('a', tokens, 0);
    const key = readFileSync(home.keyFile, 'utf8');
    const store = await home.open();
    expect(await store.read('a')).toEqual({ data: tokens, version: 1 });
    expect(readFileSync(home.keyFile, 'utf8')).toBe(key);
  });

  it('makes one key where several start at once, and so with a passphrase', async () => {
    for (const kind of ['file', 'passphrase'] as const) {
      using home = createSecretsHome();
      const source = kind === 'file' ? {} : { passphraseFile: home.passphrase('phrase', 'correct horse battery') };
      const stores = await Promise.all(
        [home.db, home.another(), home.another()].map((db) => openEmbeddedStore({ ...home, ...source, db })),
      );
      for (const [index, store] of stores.entries()) await store.write(`s${index}`, { index }, 0);
      const again = await openEmbeddedStore({ ...home, ...source });
      for (const index of stores.keys()) expect(await again.read(`s${index}`)).toEqual({ data: { index }, version: 1 });
    }
  });

  it('adopts the key of a server that was faster, and what it has stored already', async () => {
    using home = createSecretsHome();
    const passphraseFile = home.passphrase('phrase', 'correct horse battery');
    const opening = [home.db, home.another()].map((db) => openEmbeddedStore({ ...home, passphraseFile, db }));
    await (await Promise.race(opening)).write('a', tokens, 0);
    for (const store of await Promise.all(opening)) expect(await store.read('a')).toEqual({ data: tokens, version: 1 });
  });

  it('makes a new key where an unused one was lost, and never where one was used', async () => {
    using home = createSecretsHome();
    await home.open();
    rmSync(home.keyFile);
    await (await home.open()).write('a', tokens, 0);
    rmSync(home.keyFile);
    await expect(home.open()).rejects.toMatchObject({
      code: 'key_missing',
      message: expect.stringMatching(/key is missing.*Put it back/),
    });
    expect(statSync(home.keyFile, { throwIfNoEntry: false })).toBeUndefined();
  });

  it.each([
    ['another key', () => `${Buffer.alloc(32, 7).toString('base64')}\n`, 'key_mismatch', /Put back the file/],
    ['half a key', (key: string) => key.slice(0, 20), 'key_mismatch', /holds no key/],
    ['nothing', () => '', 'key_mismatch', /holds no key/],
  ])('refuses to start with %s in the key file', async (_what, change, code, advice) => {
    using home = createSecretsHome();
    await (await home.open()).write('a', tokens, 0);
    writeFileSync(home.keyFile, change(readFileSync(home.keyFile, 'utf8')));
    await expect(home.open()).rejects.toMatchObject({ code, message: expect.stringMatching(advice) });
  });

  it('refuses a key file that others may read, and says which command helps', async () => {
    using home = createSecretsHome();
    await (await home.open()).write('a', tokens, 0);
    for (const mode of [0o644, 0o640, 0o604, 0o660]) {
      chmodSync(home.keyFile, mode);
      await expect(home.open()).rejects.toMatchObject({
        code: 'key_permissions',
        message: expect.stringContaining(`chmod 600 ${home.keyFile}`),
      });
    }
  });

  it('refuses a wrong passphrase, a missing one and one that can be guessed', async () => {
    using home = createSecretsHome();
    const right = home.passphrase('right', 'correct horse battery');
    await (await home.open(right)).write('a', tokens, 0);
    const wrong = home.passphrase('wrong', 'correct horse battery!');
    await expect(home.open(wrong)).rejects.toMatchObject({ code: 'key_mismatch' });
    await expect(home.open(`${right}-gone`)).rejects.toMatchObject({ code: 'key_missing' });
    await expect(home.open(home.passphrase('short', 'short'))).rejects.toMatchObject({ code: 'key_mismatch' });
    await expect(home.open()).rejects.toMatchObject({ code: 'key_missing' });
    expect(await (await home.open(right)).read('a')).toEqual({ data: tokens, version: 1 });
  });

  it('says in check() what is wrong and tells it once to whoever listens', async () => {
    using home = createSecretsHome();
    const store = await home.open();
    const heard: SecretStoreHealth[] = [];
    const forget = store.onHealthChange((health) => heard.push(health));
    await store.write('a', tokens, 0);
    expect(await store.check()).toEqual({ available: true });
    home.db.prepare("UPDATE secrets SET ciphertext = zeroblob(40) WHERE path = 'a'").run();
    const sick = {
      available: false,
      code: 'corrupt',
      message: 'The secret "a" in the database was damaged or exchanged.',
      nextAction: expect.stringContaining('Restore a backup of the database'),
    };
    expect(await store.check()).toEqual(sick);
    expect(await store.check()).toEqual(sick);
    await store.remove('a');
    expect(await store.check()).toEqual({ available: true });
    forget();
    home.db.prepare('DELETE FROM secret_key').run();
    await store.check();
    expect(heard).toEqual([sick, { available: true }]);
  });

  it('gives nothing out once it is closed', async () => {
    using home = createSecretsHome();
    const store = await home.open();
    await store.write('a', tokens, 0);
    await store.close();
    await expect(store.read('a')).rejects.toMatchObject({ code: 'unreachable' });
    await expect(store.write('a', tokens, 1)).rejects.toMatchObject({ code: 'unreachable' });
  });
});
