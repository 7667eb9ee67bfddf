import { describe, expect, it } from 'vitest';
import { SecretStoreError } from '../../../../src/services/secrets/model.ts';
import { createSecretsHome } from '../../../support/secrets-home.ts';

type Home = ReturnType<typeof createSecretsHome>;
type Value = Buffer | string | number | null;

const secrets = { 'upwork/credentials': { clientId: 'id', clientSecret: 's' }, 'upwork/tokens': { refreshToken: 'r' } };
const flips = [0x01, 0x80];

/** Every value that differs from `value` in one bit of one byte. */
function changed(value: Value): Value[] {
  if (value === null) return [Buffer.from([0])];
  if (typeof value === 'number') return Array.from({ length: 31 }, (_, bit) => value ^ (1 << bit));
  const bytes = Buffer.from(value);
  const damaged = [...bytes.keys()].flatMap((at) =>
    flips.map((flip) => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ flip;
      return copy;
    }),
  );
  return typeof value === 'string' ? damaged.map((copy) => copy.toString('latin1')) : damaged;
}

/** Opens the store anew and reads everything, as a start would. */
async function readAll({ open }: Home): Promise<unknown> {
  try {
    const store = await open();
    const read: Record<string, unknown> = {};
    for (const path of Object.keys(secrets)) read[path] = (await store.read(path))?.data;
    return read;
  } catch (error) {
    return error;
  }
}

async function fill(home: Home) {
  const store = await home.open();
  for (const [path, data] of Object.entries(secrets)) await store.write(path, data, 0);
}

/** Changes one column of one row in every possible byte, reads everything, puts it back. */
async function damage(home: Home, table: string, column: string): Promise<number> {
  const rows = home.db.prepare<[], Record<string, Value>>(`SELECT rowid AS row, ${column} FROM ${table}`).all();
  // The id of the only row is its rowid.
  const put = home.db.prepare(`UPDATE ${table} SET ${column} = ? ${table === 'secrets' ? 'WHERE rowid = ?' : ''}`);
  const write = (value: Value | undefined, row: Value | undefined) =>
    put.run(...(table === 'secrets' ? [value, row] : [value]));
  let tried = 0;
  for (const row of rows)
    for (const value of changed(row[column] ?? null)) {
      write(value, row['row']);
      const outcome = await readAll(home);
      const place = `${table}.${column} = ${String(value)}`;
      expect(outcome, place).toBeInstanceOf(SecretStoreError);
      expect(outcome, place).toMatchObject({
        code: expect.stringMatching(/^(?:corrupt|key_mismatch)$/),
        message: expect.stringMatching(/Restore a backup|Put back/),
      });
      write(row[column], row['row']);
      tried += 1;
    }
  expect(await readAll(home), 'put back').toEqual(secrets);
  return tried;
}

describe('Prospector fails closed and says what to do, for every byte changed of', () => {
  it.each(['path', 'version', 'nonce', 'ciphertext'])('the %s of a secret', async (column) => {
    using home = createSecretsHome();
    await fill(home);
    expect(await damage(home, 'secrets', column)).toBeGreaterThan(20);
  });

  it.each(['id', 'kdf', 'salt', 'check_nonce', 'check_ciphertext'])('the %s of the key', async (column) => {
    using home = createSecretsHome();
    await fill(home);
    expect(await damage(home, 'secret_key', column)).toBeGreaterThan(0);
  });

  it('a secret that was exchanged with another, or put back to an older text', async () => {
    using home = createSecretsHome();
    await fill(home);
    const store = await home.open();
    const row = home.db.prepare<[], Record<string, Value>>("SELECT * FROM secrets WHERE path = 'upwork/tokens'").get();
    await store.write('upwork/tokens', { refreshToken: 'newer' }, 1);
    const put = home.db.prepare('UPDATE secrets SET nonce = ?, ciphertext = ? WHERE path = ?');
    put.run(row?.['nonce'], row?.['ciphertext'], 'upwork/tokens');
    await expect(store.read('upwork/tokens')).rejects.toMatchObject({ code: 'corrupt' });
    put.run(row?.['nonce'], row?.['ciphertext'], 'upwork/credentials');
    await expect(store.read('upwork/credentials')).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('a passphrase’s salt', async () => {
    using home = createSecretsHome();
    const file = home.passphrase('phrase', 'correct horse battery');
    await (await home.open(file)).write('a', { b: 1 }, 0);
    home.db.prepare('UPDATE secret_key SET salt = zeroblob(16)').run();
    await expect(home.open(file)).rejects.toMatchObject({
      code: 'key_mismatch',
      message: expect.stringContaining('Put back the right one'),
    });
  });
});
