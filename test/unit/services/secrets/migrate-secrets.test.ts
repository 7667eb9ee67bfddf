import { describe, expect, it } from 'vitest';
import type { ListingSecretStore } from '../../../../src/services/secrets/model.ts';
import { migrateSecrets } from '../../../../src/services/secrets/moving/migrate-secrets.ts';
import { readMove } from '../../../../src/services/secrets/moving/secret-move.ts';
import { claimStore, setStoreInUse, storeInUse } from '../../../../src/services/secrets/store-in-use.ts';
import { createSecretsHome } from '../../../support/secrets-home.ts';

const secrets = { a: { n: 1 }, 'b/c': { n: 2 }, d: { n: 3 } };

/** A store in memory that stands for Vault. */
function createFarStore(): ListingSecretStore {
  const kept = new Map<string, { data: Record<string, unknown>; version: number }>();
  return {
    kind: 'vault',
    place: 'Vault at vault.example.com, secret/here',
    read: async (path) => kept.get(path),
    write: async (path, data, expectedVersion) => {
      expect(kept.get(path)?.version ?? 0).toBe(expectedVersion);
      kept.set(path, { data, version: expectedVersion + 1 });
      return expectedVersion + 1;
    },
    remove: async (path) => void kept.delete(path),
    list: async () => [...kept.keys()].sort(),
    check: async () => ({ available: true }),
    onHealthChange: () => () => {},
    close: async () => {},
  };
}

/** A home that uses the embedded store, and another store that stands for Vault. */
async function setUp() {
  const home = createSecretsHome();
  const from = await home.open();
  claimStore(home.db, 'embedded');
  for (const [path, data] of Object.entries(secrets)) await from.write(path, data, 0);
  return { db: home.db, from, to: createFarStore(), [Symbol.dispose]: () => home[Symbol.dispose]() };
}

async function contentOf(store: ListingSecretStore) {
  const content: Record<string, unknown> = {};
  for (const path of await store.list()) content[path] = (await store.read(path))?.data;
  return content;
}

/** The store of a process that is killed before its `calls`-th call, or right after it was carried out. */
function killed(store: ListingSecretStore, counter: { left: number }, moment: 'before' | 'after'): ListingSecretStore {
  const mortal =
    <Input extends unknown[], Result>(work: (...input: Input) => Promise<Result>) =>
    async (...input: Input) => {
      counter.left -= 1;
      if (counter.left === 0 && moment === 'before') throw new Error('killed');
      const result = await work(...input);
      if (counter.left === 0) throw new Error('killed');
      return result;
    };
  return {
    ...store,
    read: mortal(store.read),
    write: mortal(store.write),
    remove: mortal(store.remove),
    list: mortal(store.list),
  };
}

describe('Prospector, moving secrets,', () => {
  it('copies all of them, says where they are now, and removes the old ones', async () => {
    using app = await setUp();
    expect(await migrateSecrets(app)).toEqual({ copied: 3, removed: 3 });
    expect(await contentOf(app.to)).toEqual(secrets);
    expect(await contentOf(app.from)).toEqual({});
    expect(storeInUse(app.db)).toBe('vault');
    expect(readMove(app.db)).toBeUndefined();
  });

  it('does nothing where they are there already, whatever somebody else keeps at the other place', async () => {
    using app = await setUp();
    await migrateSecrets(app);
    await app.from.write('of/somebody', { n: 9 }, 0);
    expect(await migrateSecrets(app)).toEqual({ copied: 0, removed: 0 });
    expect(await contentOf(app.from)).toEqual({ 'of/somebody': { n: 9 } });
  });

  it('refuses to touch secrets it did not put there', async () => {
    for (const foreign of ['a', 'of/somebody']) {
      using app = await setUp();
      await app.to.write(foreign, { n: 9 }, 0);
      await expect(migrateSecrets(app)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('PROSPECTOR_VAULT_PATH'),
      });
      expect(await contentOf(app.to)).toEqual({ [foreign]: { n: 9 } });
      expect(await contentOf(app.from)).toEqual(secrets);
      expect(storeInUse(app.db)).toBe('embedded');
    }
  });

  it.each(['before', 'after'] as const)('may be killed %s any call to a store, and be run again', async (moment) => {
    let isDone = false;
    for (let call = 1; !isDone; call += 1) {
      using app = await setUp();
      const counter = { left: call };
      const mortal = { ...app, from: killed(app.from, counter, moment), to: killed(app.to, counter, moment) };
      await migrateSecrets(mortal).then(
        () => {
          isDone = true;
        },
        (error: Error) => expect(error.message).toBe('killed'),
      );
      const truth = storeInUse(app.db) === 'vault' ? app.to : app.from;
      expect(await contentOf(truth), `killed ${moment} call ${call}`).toEqual(secrets);
      if (storeInUse(app.db) === 'embedded') {
        // Life goes on before the second run: what it changed is what counts.
        await app.from.write('a', { n: 7 }, 1);
        await app.from.remove('d');
      }
      const expected = storeInUse(app.db) === 'embedded' ? { a: { n: 7 }, 'b/c': { n: 2 } } : secrets;
      await migrateSecrets(app);
      expect(await contentOf(app.to), `run again after call ${call}`).toEqual(expected);
      expect(await contentOf(app.from)).toEqual({});
      expect(await migrateSecrets(app)).toEqual({ copied: 0, removed: 0 });
      expect(call).toBeLessThan(100);
    }
  });

  it('moves nothing when a secret comes back changed', async () => {
    using app = await setUp();
    const read = async (path: string) => (await app.to.read(path)) && { data: { n: 0 }, version: 1 };
    const to = { ...app.to, read };
    await expect(migrateSecrets({ ...app, to })).rejects.toMatchObject({ code: 'write_failed' });
    expect(await contentOf(app.from)).toEqual(secrets);
    expect(storeInUse(app.db)).toBe('embedded');
  });

  it('copies again what a server changed meanwhile', async () => {
    using app = await setUp();
    let isFirst = true;
    const write: ListingSecretStore['write'] = async (...input) => {
      const version = await app.to.write(...input);
      if (isFirst) await app.from.write('a', { n: 8 }, 1);
      isFirst = false;
      return version;
    };
    await migrateSecrets({ ...app, to: { ...app.to, write } });
    expect(await contentOf(app.to)).toEqual({ ...secrets, a: { n: 8 } });
  });
});

describe('Prospector starts with another store', () => {
  it('only where nothing would seem lost', async () => {
    using home = createSecretsHome();
    claimStore(home.db, 'embedded');
    claimStore(home.db, 'vault');
    expect(storeInUse(home.db)).toBe('vault');
    setStoreInUse(home.db, 'embedded');
    await (await home.open()).write('a', { n: 1 }, 0);
    expect(() => claimStore(home.db, 'vault')).toThrow(/secrets migrate --to vault/);
    expect(storeInUse(home.db)).toBe('embedded');
  });
});
