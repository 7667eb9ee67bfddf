import type { Database as Sqlite } from 'better-sqlite3';
import { SecretStoreError } from '../model.ts';
import { keyBytes } from './cipher.ts';
import { deriveKey, saltBytes } from './derive-key.ts';
import { endRotation, loadKey } from './encryption-key.ts';
import { createKeyFile, nextKeyFile, readPassphraseFile } from './key-file.ts';
import { readKeyRow, writeKeyRow } from './key-row.ts';
import { emptyOldCopies, type OldCopies } from './old-copies.ts';
import type { EmbeddedStoreOptions } from './open-embedded-store.ts';
import { createSecretTable } from './secret-table.ts';
import { forgetOldPages, writing } from './transactions.ts';

export { emptyOldCopies };

/** How to rotate: the store as it is configured, and what the new key comes from. */
export interface RotateKeyOptions extends EmbeddedStoreOptions {
  /** `file`: a new random key in the key file. `{ passphraseFile }`: a passphrase, which may be the same as before (then only its salt is new). */
  readonly to: 'file' | { readonly passphraseFile: string };
}

/** How the key in force is had; undefined before the first start. */
export function keyInUse(db: Sqlite): 'file' | 'passphrase' | undefined {
  const kdf = readKeyRow(db)?.kdf;
  return kdf === undefined ? undefined : kdf === 'scrypt' ? 'passphrase' : 'file';
}

/**
 * Encrypts every secret anew under a new key, in one transaction. Crash-safe: a new key is durable beside the old one before the first row
 * changes, and takes its place after the commit; `openEmbeddedStore` ends what was interrupted. A server that runs meanwhile notices.
 *
 * @returns how many secrets were encrypted anew, and the copies of before migrations whose secrets, which were under the old key, are gone
 * @throws SecretStoreError: then the old key is still the one in force
 */
export async function rotateKey({
  db,
  random,
  to,
  ...source
}: RotateKeyOptions): Promise<{ readonly secrets: number; readonly copies: OldCopies }> {
  const old = await loadKey(db, source, random);
  const salt = to === 'file' ? null : random.bytes(saltBytes);
  const key = to === 'file' || salt === null ? random.bytes(keyBytes) : await derive(to.passphraseFile, salt);
  const table = createSecretTable(db, random);
  const secrets = writing(db, () => {
    if (!readKeyRow(db)?.check_nonce.equals(old.checkNonce))
      throw new SecretStoreError('conflict', 'Another process has rotated the key meanwhile. Try again.');
    // Written under the lock: what waits there is either this key or, after a crash, one that encrypts nothing.
    if (to === 'file') createKeyFile(nextKeyFile(source.keyFile), key);
    const count = table.encryptAnew(old.key, key);
    writeKeyRow(db, { kdf: to === 'file' ? 'file' : 'scrypt', salt, key }, random);
    return count;
  });
  writing(db, () => endRotation(db, source.keyFile));
  forgetOldPages(db);
  return { secrets, copies: emptyOldCopies(db, readKeyRow(db)?.check_nonce) };
}

const derive = (passphraseFile: string, salt: Buffer) => deriveKey(readPassphraseFile(passphraseFile), salt);
