import { scrypt } from 'node:crypto';
import type { Database as Sqlite } from 'better-sqlite3';
import type { Random } from '../../random.ts';
import { keyBytes, nonceBytes, seal, unseal } from './cipher.ts';
import {
  createKeyFile,
  dropNextKeyFile,
  nextKeyFile,
  promoteKeyFile,
  readKeyFile,
  readPassphraseFile,
} from './key-file.ts';
import { SecretStoreError } from './model.ts';

/** Where the embedded store's key comes from: a passphrase when there is a file for one, else the key file. */
export interface KeySource {
  readonly keyFile: string;
  readonly passphraseFile?: string;
}

/** A key, and the nonce of the check value it was proved with: another nonce in the table means that the key was rotated since. */
export interface EncryptionKey {
  readonly key: Buffer;
  readonly kdf: 'file' | 'scrypt';
  readonly checkNonce: Buffer;
}

/** The one row of `secret_key`. */
export interface KeyRow {
  readonly kdf: string;
  readonly salt: Buffer | null;
  readonly check_nonce: Buffer;
  readonly check_ciphertext: Buffer;
  readonly rotation: string | null;
}

const checkText = Buffer.from('prospector');
const checkContext = Buffer.from('prospector secret key');
/** Cost of a passphrase: N = 2¹⁷, r = 8, p = 1, some 0.5 s and 128 MiB (OWASP's advice for scrypt). */
const scryptCost = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 };

/** Key of a passphrase. */
export function deriveKey(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(passphrase.normalize('NFKC'), salt, keyBytes, scryptCost, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
}

/** The row, or undefined before the first start. */
export function readKeyRow(sql: Sqlite): KeyRow | undefined {
  return sql.prepare('SELECT kdf, salt, check_nonce, check_ciphertext, rotation FROM secret_key WHERE id = 1').get() as
    | KeyRow
    | undefined;
}

/** Writes the row with a fresh check value for `key`. Returns the nonce of it. */
export function writeKeyRow(
  sql: Sqlite,
  row: { kdf: 'file' | 'scrypt'; salt: Buffer | null; key: Buffer; rotation: string | null },
  random: Pick<Random, 'bytes'>,
): Buffer {
  const check = seal(row.key, random.bytes(nonceBytes), checkText, contextOf(row));
  sql
    .prepare(
      'INSERT OR REPLACE INTO secret_key (id, kdf, salt, check_nonce, check_ciphertext, rotation) VALUES (1, ?, ?, ?, ?, ?)',
    )
    .run(row.kdf, row.salt, check.nonce, check.ciphertext, row.rotation);
  return check.nonce;
}

/** Whether `key` is the one that the row was written with. */
export function fits(key: Buffer, row: KeyRow): boolean {
  const sealed = { nonce: row.check_nonce, ciphertext: row.check_ciphertext };
  return unseal(key, sealed, contextOf(row))?.equals(checkText) ?? false;
}

/**
 * The key of the secrets in this database. Made at the first start, and never where something is encrypted already. Ends a rotation that was
 * interrupted.
 *
 * @throws SecretStoreError `key_missing`, `key_mismatch`, `key_permissions`, `corrupt`, `write_failed`
 */
export async function loadKey(sql: Sqlite, source: KeySource, random: Pick<Random, 'bytes'>): Promise<EncryptionKey> {
  const row = readKeyRow(sql);
  if (row === undefined && hasSecrets(sql))
    throw new SecretStoreError(
      'corrupt',
      'The database holds secrets but has lost the record of their key. Restore a backup of the database; nothing was changed.',
    );
  if (row === undefined) return makeKey(sql, source, random);
  if (row.kdf !== 'file' && row.kdf !== 'scrypt')
    throw new SecretStoreError(
      'corrupt',
      'The record of the secrets’ key is damaged. Restore a backup of the database; nothing was changed.',
    );
  return row.kdf === 'file' ? loadFileKey(sql, row, source, random) : loadPassphraseKey(row, source);
}

async function makeKey(sql: Sqlite, source: KeySource, random: Pick<Random, 'bytes'>): Promise<EncryptionKey> {
  if (source.passphraseFile !== undefined) {
    const salt = random.bytes(16);
    const key = await deriveKey(readPassphraseFile(source.passphraseFile), salt);
    return { key, kdf: 'scrypt', checkNonce: writeKeyRow(sql, { kdf: 'scrypt', salt, key, rotation: null }, random) };
  }
  let key = readKeyFile(source.keyFile);
  if (key === undefined) {
    key = random.bytes(keyBytes);
    createKeyFile(source.keyFile, key);
  }
  return { key, kdf: 'file', checkNonce: writeKeyRow(sql, { kdf: 'file', salt: null, key, rotation: null }, random) };
}

async function loadFileKey(
  sql: Sqlite,
  row: KeyRow,
  source: KeySource,
  random: Pick<Random, 'bytes'>,
): Promise<EncryptionKey> {
  if (source.passphraseFile !== undefined)
    throw new SecretStoreError(
      'key_mismatch',
      'The secrets are encrypted with a key file, and PROSPECTOR_PASSPHRASE_FILE asks for a passphrase. Unset it, or change over: ghoststack prospector secrets rotate-key.',
    );
  const key = readKeyFile(source.keyFile);
  const next = readKeyFile(nextKeyFile(source.keyFile));
  if (key !== undefined && fits(key, row)) {
    // A rotation that ended before its commit: the waiting key encrypts nothing.
    if (next !== undefined) dropNextKeyFile(source.keyFile);
    return { key, kdf: 'file', checkNonce: row.check_nonce };
  }
  if (next !== undefined && fits(next, row)) {
    promoteKeyFile(source.keyFile);
    sql.prepare('UPDATE secret_key SET rotation = NULL WHERE id = 1').run();
    return { key: next, kdf: 'file', checkNonce: row.check_nonce };
  }
  if (key === undefined) {
    if (!hasSecrets(sql)) return makeKey(sql, source, random);
    throw new SecretStoreError(
      'key_missing',
      `The key file ${source.keyFile} is missing and the database holds secrets encrypted with it. Put it back from where you keep it (PROSPECTOR_KEY_FILE); no new key is made, the secrets would be lost.`,
    );
  }
  throw new SecretStoreError(
    'key_mismatch',
    `The key in ${source.keyFile} is not the one the secrets of this database were encrypted with. Put back the file that belongs to it, or the database that belongs to the file; nothing was changed.`,
  );
}

async function loadPassphraseKey(row: KeyRow, source: KeySource): Promise<EncryptionKey> {
  if (source.passphraseFile === undefined)
    throw new SecretStoreError(
      'key_missing',
      'The secrets are encrypted with a passphrase. Set PROSPECTOR_PASSPHRASE_FILE to the file that holds it.',
    );
  const key = await deriveKey(readPassphraseFile(source.passphraseFile), row.salt ?? Buffer.alloc(0));
  if (fits(key, row)) return { key, kdf: 'scrypt', checkNonce: row.check_nonce };
  throw new SecretStoreError(
    'key_mismatch',
    `The passphrase in ${source.passphraseFile} is not the one the secrets of this database were encrypted with. Put back the right one; nothing was changed.`,
  );
}

const hasSecrets = (sql: Sqlite) => sql.prepare('SELECT 1 FROM secrets LIMIT 1').get() !== undefined;
const contextOf = (row: { kdf: string; salt: Buffer | null }) =>
  Buffer.concat([checkContext, Buffer.from(`\0${row.kdf}\0`), row.salt ?? Buffer.alloc(0)]);
