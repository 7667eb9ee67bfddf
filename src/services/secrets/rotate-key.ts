import { keyBytes } from './cipher.ts';
import { deriveKey, loadKey, readKeyRow, writeKeyRow } from './encryption-key.ts';
import { createKeyFile, dropNextKeyFile, nextKeyFile, promoteKeyFile, readPassphraseFile } from './key-file.ts';
import { SecretStoreError } from './model.ts';
import type { EmbeddedStoreOptions } from './open-embedded-store.ts';
import { createSecretTable } from './secret-table.ts';

/** How to rotate: the store as it is configured, and what the new key comes from. */
export interface RotateKeyOptions extends EmbeddedStoreOptions {
  /** `file`: a new random key in the key file. `{ passphraseFile }`: a passphrase, which may be the same as before (then only its salt is new). */
  readonly to: 'file' | { readonly passphraseFile: string };
}

/**
 * Encrypts every secret anew under a new key, in one transaction. Crash-safe: a new key is durable beside the old one before the first row
 * changes, and takes its place after the commit; `openEmbeddedStore` ends what was interrupted. A server that runs meanwhile notices.
 *
 * @returns how many secrets were encrypted anew
 * @throws SecretStoreError: then the old key is still the one in force
 */
export async function rotateKey({
  db,
  clock,
  random,
  to,
  ...source
}: RotateKeyOptions): Promise<{ readonly secrets: number }> {
  const old = await loadKey(db, source, random);
  const salt = to === 'file' ? null : random.bytes(16);
  const key =
    to === 'file'
      ? random.bytes(keyBytes)
      : await deriveKey(readPassphraseFile(to.passphraseFile), salt ?? Buffer.alloc(0));
  if (to === 'file') {
    // What an earlier attempt left there encrypts nothing: loadKey has just made sure of it.
    dropNextKeyFile(source.keyFile);
    createKeyFile(nextKeyFile(source.keyFile), key);
  }
  const table = createSecretTable(db, random);
  const secrets = db
    .transaction(() => {
      if (!readKeyRow(db)?.check_nonce.equals(old.checkNonce))
        throw new SecretStoreError('conflict', 'Another process is rotating the key. Wait for it to end.');
      const count = table.encryptAnew(old.key, key);
      writeKeyRow(
        db,
        { kdf: to === 'file' ? 'file' : 'scrypt', salt, key, rotation: clock.now().toISOString() },
        random,
      );
      return count;
    })
    .immediate();
  if (to === 'file') promoteKeyFile(source.keyFile);
  db.prepare('UPDATE secret_key SET rotation = NULL WHERE id = 1').run();
  return { secrets };
}
