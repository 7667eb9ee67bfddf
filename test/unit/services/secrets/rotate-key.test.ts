import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Random } from '../../../../src/random.ts';
import { createKeyFile, nextKeyFile } from '../../../../src/services/secrets/embedded/key-file.ts';
import { openEmbeddedStore } from '../../../../src/services/secrets/embedded/open-embedded-store.ts';
import { keyInUse, rotateKey } from '../../../../src/services/secrets/embedded/rotate-key.ts';
import { createSecretsHome } from '../../../support/secrets-home.ts';

const secrets = { a: { n: 1 }, b: { n: 2 }, c: { text: 'ä' } };
type Store = Awaited<ReturnType<typeof openEmbeddedStore>>;

async function fill(store: Store) {
  for (const [path, data] of Object.entries(secrets)) await store.write(path, data, 0);
}

async function readAll(store: Store) {
  const read: Record<string, unknown> = {};
  for (const path of await store.list()) read[path] = (await store.read(path))?.data;
  return read;
}

describe('Prospector, rotating the key,', () => {
  it('encrypts every secret anew under a new key, and keeps versions', async () => {
    using home = createSecretsHome();
    await fill(await home.open());
    const before = home.db.prepare('SELECT * FROM secrets').all() as { ciphertext: Buffer }[];
    const key = readFileSync(home.keyFile, 'utf8');
    expect(await rotateKey({ ...home, to: 'file' })).toEqual({ secrets: 3, copies: { emptied: [], removed: [] } });
    const store = await home.open();
    expect(await readAll(store)).toEqual(secrets);
    expect(await store.write('a', { n: 3 }, 1)).toBe(2);
    expect(readFileSync(home.keyFile, 'utf8')).not.toBe(key);
    expect(existsSync(nextKeyFile(home.keyFile))).toBe(false);
    const log = readFileSync(`${home.path}-wal`);
    for (const { ciphertext } of before) expect(log.includes(ciphertext)).toBe(false);
  });

  it('19.Q deletes the secrets in copies made before migrations, which are under the old key, and nothing else in them', async () => {
    using home = createSecretsHome();
    await fill(await home.open());
    home.db.prepare("INSERT INTO meta (key, value) VALUES ('kept', 'as it was')").run();
    const rows = home.db.prepare('SELECT * FROM secrets').all() as { ciphertext: Buffer }[];
    const [old, damaged] = [`${home.path}.before-0007_old`, `${home.path}.before-0008_damaged`];
    home.db.prepare('VACUUM INTO ?').run(old);
    writeFileSync(damaged, `no database, but ${rows[0]?.ciphertext.toString('latin1')}`, 'latin1');
    const { copies } = await rotateKey({ ...home, to: 'file' });
    expect(copies).toEqual({ emptied: [old], removed: [damaged] });
    expect(existsSync(damaged)).toBe(false);
    const bytes = readFileSync(old);
    for (const { ciphertext } of rows) expect(bytes.includes(ciphertext)).toBe(false);
    const copy = new Sqlite(old, { readonly: true });
    expect(copy.prepare("SELECT value FROM meta WHERE key = 'kept'").pluck().get()).toBe('as it was');
    expect(copy.prepare('SELECT count(*) FROM secrets').pluck().get()).toBe(0);
    expect(copy.prepare('SELECT count(*) FROM secret_key').pluck().get()).toBe(0);
    copy.close();
    expect(await readAll(await home.open())).toEqual(secrets);
    expect((await rotateKey({ ...home, to: 'file' })).copies).toEqual({ emptied: [], removed: [] });
  });

  it('19.Q keeps a copy under the key in force, and empties at the next start what a killed rotation left', async () => {
    using home = createSecretsHome();
    await fill(await home.open());
    const [old, current] = [`${home.path}.before-0007_old`, `${home.path}.before-0008_current`];
    home.db.prepare('VACUUM INTO ?').run(old);
    await rotateKey({ ...home, db: home.another(), to: 'file' });
    home.db.prepare('VACUUM INTO ?').run(current);
    rmSync(old);
    const secretsIn = (file: string) => {
      const copy = new Sqlite(file, { readonly: true });
      const count = copy.prepare('SELECT count(*) FROM secrets').pluck().get();
      copy.close();
      return count;
    };
    const killed = `${home.path}.before-0009_killed`;
    copyFileSync(current, killed);
    const writable = new Sqlite(killed);
    writable.prepare('UPDATE secret_key SET check_nonce = zeroblob(12)').run();
    writable.close();
    await home.open();
    expect([secretsIn(current), secretsIn(killed)]).toEqual([3, 0]);
  });

  it('changes from key file to passphrase, to another passphrase, and back', async () => {
    using home = createSecretsHome();
    await fill(await home.open());
    const one = home.passphrase('one', 'correct horse battery');
    const two = home.passphrase('two', 'another horse battery');
    expect(keyInUse(home.db)).toBe('file');
    await rotateKey({ ...home, to: { passphraseFile: one } });
    expect(keyInUse(home.db)).toBe('passphrase');
    await rotateKey({ ...home, passphraseFile: one, to: { passphraseFile: two } });
    await expect(home.open(one)).rejects.toMatchObject({ code: 'key_mismatch' });
    expect(await readAll(await home.open(two))).toEqual(secrets);
    await rotateKey({ ...home, passphraseFile: two, to: 'file' });
    expect(await readAll(await home.open())).toEqual(secrets);
    expect(keyInUse(home.db)).toBe('file');
  });

  it('is noticed by a server that runs', async () => {
    using home = createSecretsHome();
    const running = await openEmbeddedStore({ ...home, db: home.another() });
    await fill(running);
    await rotateKey({ ...home, to: 'file' });
    expect(await readAll(running)).toEqual(secrets);
    await rotateKey({ ...home, to: 'file' });
    expect(await running.write('a', { n: 4 }, 1)).toBe(2);
    expect(await (await home.open()).read('a')).toEqual({ data: { n: 4 }, version: 2 });
  });

  it('changes nothing when one secret is damaged', async () => {
    using home = createSecretsHome();
    await fill(await home.open());
    home.db.prepare("UPDATE secrets SET nonce = zeroblob(12) WHERE path = 'b'").run();
    const before = home.db.prepare('SELECT * FROM secrets, secret_key').all();
    await expect(rotateKey({ ...home, to: 'file' })).rejects.toMatchObject({ code: 'corrupt' });
    expect(home.db.prepare('SELECT * FROM secrets, secret_key').all()).toEqual(before);
    expect(await (await home.open()).read('a')).toEqual({ data: secrets.a, version: 1 });
  });

  it('survives an end at any moment before the commit', async () => {
    using home = createSecretsHome();
    await fill(await home.open());
    for (let draws = 1; draws <= 5; draws += 1) {
      await expect(rotateKey({ ...home, random: endingAfter(draws), to: 'file' })).rejects.toThrow('killed');
      expect(await readAll(await home.open())).toEqual(secrets);
    }
    expect(existsSync(nextKeyFile(home.keyFile))).toBe(true);
    await rotateKey({ ...home, to: 'file' });
    expect(await readAll(await home.open())).toEqual(secrets);
  });

  it('survives an end between the commit and the renaming of the key file', async () => {
    using home = createSecretsHome();
    await fill(await home.open());
    copyFileSync(home.keyFile, `${home.keyFile}.old`);
    await rotateKey({ ...home, to: 'file' });
    // As it was at that moment: the new key waits, the old one is in its place.
    copyFileSync(home.keyFile, nextKeyFile(home.keyFile));
    copyFileSync(`${home.keyFile}.old`, home.keyFile);
    expect(await readAll(await home.open())).toEqual(secrets);
    expect(existsSync(nextKeyFile(home.keyFile))).toBe(false);
    // And where the old one is gone already.
    copyFileSync(home.keyFile, nextKeyFile(home.keyFile));
    rmSync(home.keyFile);
    expect(await readAll(await home.open())).toEqual(secrets);
  });

  it('leaves a key alone that waits for its commit', async () => {
    using home = createSecretsHome();
    await fill(await home.open());
    const waiting = Buffer.alloc(32, 9);
    createKeyFile(nextKeyFile(home.keyFile), waiting);
    expect(await readAll(await home.open())).toEqual(secrets);
    expect(readFileSync(nextKeyFile(home.keyFile), 'utf8').trim()).toBe(waiting.toString('base64'));
  });

  it('lets one of two that rotate at once win, or both one after the other', async () => {
    using home = createSecretsHome();
    await fill(await home.open());
    const file = home.passphrase('phrase', 'correct horse battery');
    const results = await Promise.allSettled([
      rotateKey({ ...home, to: { passphraseFile: file } }),
      rotateKey({ ...home, db: home.another(), to: 'file' }),
    ]);
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject([{ reason: { code: 'conflict' } }]);
    expect(await readAll(await home.open(keyInUse(home.db) === 'file' ? undefined : file))).toEqual(secrets);
  });
});

/** Randomness of a process that dies at its `draws`-th draw. */
function endingAfter(draws: number): Pick<Random, 'bytes'> {
  let drawn = 0;
  return {
    bytes: (size) => {
      drawn += 1;
      if (drawn >= draws) throw new Error('killed');
      return Buffer.alloc(size, drawn);
    },
  };
}
