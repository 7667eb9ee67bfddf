import type { Database as Sqlite } from 'better-sqlite3';
import { z } from 'zod';
import type { Random } from '../../../random.ts';
import { SecretStoreError, type StoredSecret } from '../model.ts';
import { nonceBytes, seal, unseal } from './cipher.ts';

/** The rows of `secrets`: encrypted each for itself, bound to path and version. Synchronous; the caller holds the transaction. */
export interface SecretTable {
  /** @throws SecretStoreError `corrupt` */
  read(key: Buffer, path: string): StoredSecret | undefined;
  version(path: string): number;
  write(key: Buffer, path: string, secret: StoredSecret): void;
  remove(path: string): void;
  paths(): string[];
  /** Opens every row. @throws SecretStoreError `corrupt` */
  verify(key: Buffer): void;
  /** Every row encrypted anew, its version kept. Returns how many. @throws SecretStoreError `corrupt`: then nothing may be committed */
  encryptAnew(key: Buffer, next: Buffer): number;
}

const object = z.record(z.string(), z.unknown());
interface Row {
  readonly path: string;
  readonly version: number;
  readonly nonce: Buffer;
  readonly ciphertext: Buffer;
}

/** Prepares the statements. */
export function createSecretTable(sql: Sqlite, random: Pick<Random, 'bytes'>): SecretTable {
  const one = sql.prepare<[string], Row>('SELECT path, version, nonce, ciphertext FROM secrets WHERE path = ?');
  const all = sql.prepare<[], Row>('SELECT path, version, nonce, ciphertext FROM secrets ORDER BY path');
  const put = sql.prepare(
    `INSERT INTO secrets (path, version, nonce, ciphertext) VALUES (?, ?, ?, ?)
     ON CONFLICT (path) DO UPDATE SET version = excluded.version, nonce = excluded.nonce, ciphertext = excluded.ciphertext`,
  );
  const replace = sql.prepare('UPDATE secrets SET nonce = ?, ciphertext = ? WHERE path = ?');
  const remove = sql.prepare('DELETE FROM secrets WHERE path = ?');
  const encrypt = (key: Buffer, path: string, version: number, plaintext: Buffer) =>
    seal(key, random.bytes(nonceBytes), plaintext, contextOf(path, version));
  const verify = (key: Buffer) => {
    for (const row of all.all()) decrypt(key, row);
  };
  return {
    read: (key, path) => {
      const row = one.get(path);
      if (row !== undefined) return { data: parse(path, decrypt(key, row)), version: row.version };
      // A damaged path looks like an absent secret, and an absent secret ends a connection: believed only when every other row is sound.
      verify(key);
      return undefined;
    },
    verify,
    version: (path) => one.get(path)?.version ?? 0,
    write: (key, path, { data, version }) => {
      const { nonce, ciphertext } = encrypt(key, path, version, Buffer.from(JSON.stringify(data)));
      put.run(path, version, nonce, ciphertext);
    },
    remove: (path) => void remove.run(path),
    paths: () => all.all().map(({ path }) => path),
    encryptAnew: (key, next) => {
      const rows = all.all();
      for (const row of rows) {
        const { nonce, ciphertext } = encrypt(next, row.path, row.version, decrypt(key, row));
        replace.run(nonce, ciphertext, row.path);
      }
      return rows.length;
    },
  };
}

const contextOf = (path: string, version: number) => Buffer.from(`prospector secret\0${path}\0${version}`);

function decrypt(key: Buffer, row: Row): Buffer {
  const plaintext = unseal(key, row, contextOf(row.path, row.version));
  if (plaintext === undefined) throw damaged(row.path);
  return plaintext;
}

function parse(path: string, plaintext: Buffer): Record<string, unknown> {
  try {
    return object.parse(JSON.parse(plaintext.toString('utf8')));
  } catch {
    throw damaged(path);
  }
}

function damaged(path: string): SecretStoreError {
  return new SecretStoreError(
    'corrupt',
    `The secret "${path.replace(/[^\w/~-]/g, '?')}" in the database was damaged or exchanged. Restore a backup of the database, or remove it by disconnecting and connect again; nothing was changed.`,
  );
}
