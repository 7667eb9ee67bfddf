import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { readSecretFile } from '../../../secret-file.ts';
import { SecretStoreError } from '../model.ts';
import { keyBytes } from './cipher.ts';

/** Where a new key waits while everything is encrypted anew (see `rotateKey`). */
export const nextKeyFile = (path: string): string => `${path}.next`;

/**
 * The key in `path`, or undefined when there is no such file.
 * @throws SecretStoreError `key_permissions`, `key_mismatch` when it holds no key
 */
export function readKeyFile(path: string): Buffer | undefined {
  const text = readPrivateFile(path);
  if (text === undefined) return undefined;
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === keyBytes && key.toString('base64') === text.trim()) return key;
  throw new SecretStoreError(
    'key_mismatch',
    `The key file ${path} holds no key (expected 32 bytes in base64). Put back the file that was there when the secrets were stored.`,
  );
}

/**
 * The passphrase in `path`, without the line's end.
 * @throws SecretStoreError `key_missing`, `key_permissions`, `key_mismatch` when it is too short
 */
export function readPassphraseFile(path: string): string {
  const text = readPrivateFile(path)?.replace(/[\r\n]+$/, '');
  if (text === undefined)
    throw new SecretStoreError(
      'key_missing',
      `The passphrase file ${path} does not exist. Put it back, or correct PROSPECTOR_PASSPHRASE_FILE.`,
    );
  if (text.length >= 12) return text;
  throw new SecretStoreError(
    'key_mismatch',
    `The passphrase in ${path} is shorter than 12 characters. Use one that cannot be guessed.`,
  );
}

/**
 * Writes `key` to `path` with mode 0600, whole and durable before this returns; what was there is replaced. The caller holds a lock.
 * @throws SecretStoreError `write_failed`
 */
export function createKeyFile(path: string, key: Buffer): void {
  const draft = `${path}.draft`;
  try {
    rmSync(draft, { force: true });
    const file = openSync(draft, 'wx', 0o600);
    try {
      // The umask may have taken bits away, never added some; 0600 whatever it is.
      fchmodSync(file, 0o600);
      writeSync(file, `${key.toString('base64')}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
    syncFolder(dirname(path));
  } catch (error) {
    throw new SecretStoreError(
      'write_failed',
      `The key file ${path} could not be written (${codeOf(error)}). Check the folder's owner, permissions and free space.`,
    );
  }
}

/** Puts the waiting key in the place of the old one, atomically and durably. @throws SecretStoreError `write_failed` */
export function promoteKeyFile(path: string): void {
  try {
    renameSync(nextKeyFile(path), path);
    syncFolder(dirname(path));
  } catch (error) {
    throw new SecretStoreError(
      'write_failed',
      `The new key ${nextKeyFile(path)} could not be renamed to ${path} (${codeOf(error)}). Rename it by hand; it is the key of all secrets now.`,
    );
  }
}

/** Content of a file that nobody but its owner may open; undefined where there is none. */
function readPrivateFile(path: string): string | undefined {
  const found = readSecretFile(path);
  if ('text' in found) return found.text;
  if ('missing' in found) return undefined;
  throw new SecretStoreError('key_permissions', `${found.problem}.`);
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'error';
