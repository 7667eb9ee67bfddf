import type { Database as Sqlite } from 'better-sqlite3';
import type { Random } from '../../../random.ts';
import { SecretStoreError } from '../model.ts';
import { keyBytes } from './cipher.ts';
import { deriveKey, saltBytes } from './derive-key.ts';
import { createKeyFile, nextKeyFile, promoteKeyFile, readKeyFile, readPassphraseFile } from './key-file.ts';
import { fits, hasSecrets, type KeyRow, readKeyRow, writeKeyRow } from './key-row.ts';
import { reading, writing } from './transactions.ts';

/** Where the embedded store's key comes from: a passphrase when there is a file for one, else the key file. */
export interface KeySource {
  readonly keyFile: string;
  readonly passphraseFile?: string;
}

/** A key, and the nonce of the check value it was proved with: another nonce in the table means that the key was rotated since. */
export interface EncryptionKey {
  readonly key: Buffer;
  readonly checkNonce: Buffer;
}

type RandomBytes = Pick<Random, 'bytes'>;

/**
 * The key of the secrets in this database. Made at the first start, and never where something is encrypted already. Ends a rotation that was
 * interrupted. Several processes may do this at once: files and row are changed under the database's write lock alone.
 *
 * @throws SecretStoreError `key_missing`, `key_mismatch`, `key_permissions`, `corrupt`, `write_failed`
 */
export async function loadKey(sql: Sqlite, source: KeySource, random: RandomBytes): Promise<EncryptionKey> {
  for (;;) {
    const row = reading(sql, () => readKeyRow(sql));
    const loaded =
      row === undefined || (row.kdf === 'file' && hasLostEmptyKey(sql, row, source))
        ? await makeKey(sql, source, random, row)
        : await loadExisting(sql, row, source);
    if (loaded !== undefined) return loaded;
  }
}

/** The key of a row; undefined when another process changed the row meanwhile. */
async function loadExisting(sql: Sqlite, row: KeyRow, source: KeySource): Promise<EncryptionKey | undefined> {
  if (row.kdf === 'file') return loadFileKey(sql, row, source);
  if (row.kdf === 'scrypt') return loadPassphraseKey(row, source);
  throw new SecretStoreError(
    'corrupt',
    'The record of the secrets’ key is damaged. Restore a backup of the database; nothing was changed.',
  );
}

/** Makes the first key; undefined when another process was faster. */
async function makeKey(
  sql: Sqlite,
  source: KeySource,
  random: RandomBytes,
  before: KeyRow | undefined,
): Promise<EncryptionKey | undefined> {
  const { passphraseFile } = source;
  const salt = passphraseFile === undefined ? null : random.bytes(saltBytes);
  const derived = salt && passphraseFile ? await deriveKey(readPassphraseFile(passphraseFile), salt) : undefined;
  return writing(sql, () => {
    if (!isSame(readKeyRow(sql), before) || (before !== undefined && hasSecrets(sql))) return undefined;
    if (hasSecrets(sql))
      throw new SecretStoreError(
        'corrupt',
        'The database holds secrets but has lost the record of their key. Restore a backup of the database; nothing was changed.',
      );
    const key = derived ?? readKeyFile(source.keyFile) ?? newKeyFile(source.keyFile, random);
    return { key, checkNonce: writeKeyRow(sql, { kdf: salt ? 'scrypt' : 'file', salt, key }, random) };
  });
}

function newKeyFile(path: string, random: RandomBytes): Buffer {
  const key = random.bytes(keyBytes);
  createKeyFile(path, key);
  return key;
}

function loadFileKey(sql: Sqlite, row: KeyRow, source: KeySource): EncryptionKey | undefined {
  if (source.passphraseFile !== undefined)
    throw new SecretStoreError(
      'key_mismatch',
      'The secrets are encrypted with a key file, and PROSPECTOR_PASSPHRASE_FILE asks for a passphrase. Unset it, or change over: ghoststack prospector secrets rotate-key.',
    );
  const key = readKeyFile(source.keyFile);
  if (key !== undefined && fits(key, row)) return { key, checkNonce: row.check_nonce };
  writing(sql, () => endRotation(sql, source.keyFile));
  if (
    !isSame(
      reading(sql, () => readKeyRow(sql)),
      row,
    )
  )
    return undefined;
  const promoted = readKeyFile(source.keyFile);
  if (promoted !== undefined && fits(promoted, row)) return { key: promoted, checkNonce: row.check_nonce };
  if (promoted === undefined)
    throw new SecretStoreError(
      'key_missing',
      `The key file ${source.keyFile} is missing and the database holds secrets encrypted with it. Put it back from where you keep it (PROSPECTOR_KEY_FILE); no new key is made, the secrets would be lost.`,
    );
  throw new SecretStoreError(
    'key_mismatch',
    `The key in ${source.keyFile} is not the one the secrets of this database were encrypted with. Put back the file that belongs to it, or the database that belongs to the file; nothing was changed.`,
  );
}

/**
 * Puts the waiting key in the place of the old one when it is the key in force: a rotation ended between its commit and this step. The caller
 * holds the write lock, since a key that waits for its commit must not be touched.
 *
 * @throws SecretStoreError `key_permissions`, `key_mismatch`, `write_failed`
 */
export function endRotation(sql: Sqlite, keyFile: string): void {
  const row = readKeyRow(sql);
  const next = readKeyFile(nextKeyFile(keyFile));
  if (row?.kdf === 'file' && next !== undefined && fits(next, row)) promoteKeyFile(keyFile);
}

async function loadPassphraseKey(row: KeyRow, source: KeySource): Promise<EncryptionKey> {
  if (source.passphraseFile === undefined)
    throw new SecretStoreError(
      'key_missing',
      'The secrets are encrypted with a passphrase. Set PROSPECTOR_PASSPHRASE_FILE to the file that holds it.',
    );
  const key = await deriveKey(readPassphraseFile(source.passphraseFile), row.salt ?? Buffer.alloc(0));
  if (fits(key, row)) return { key, checkNonce: row.check_nonce };
  throw new SecretStoreError(
    'key_mismatch',
    `The passphrase in ${source.passphraseFile} is not the one the secrets of this database were encrypted with. Put back the right one; nothing was changed.`,
  );
}

/** Key file gone, and nothing was ever encrypted with it: a new one harms nobody. */
function hasLostEmptyKey(sql: Sqlite, row: KeyRow, { keyFile }: KeySource): boolean {
  if (reading(sql, () => hasSecrets(sql)) || readKeyFile(keyFile) !== undefined) return false;
  const next = readKeyFile(nextKeyFile(keyFile));
  return next === undefined || !fits(next, row);
}

const isSame = (row: KeyRow | undefined, other: KeyRow | undefined) =>
  row === undefined || other === undefined ? row === other : row.check_nonce.equals(other.check_nonce);
