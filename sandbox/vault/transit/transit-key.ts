import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A named key; version n is at index n − 1. */
export interface TransitKey {
  versions: { secret: Buffer; createdAt: number }[];
  minDecryptionVersion: number;
  minEncryptionVersion: number;
  deletionAllowed: boolean;
}

/** A value, or the text of a refusal. */
export type Result = { plaintext: string } | { ciphertext: string; key_version: number } | string;

/** A key without a version yet. */
export function newTransitKey(): TransitKey {
  return { versions: [], minDecryptionVersion: 1, minEncryptionVersion: 0, deletionAllowed: false };
}

/** Adds a version; encryption uses it from now on. */
export function rotate(key: TransitKey, now: number): void {
  key.versions.push({ secret: randomBytes(32), createdAt: now });
}

/** What may be known of a key. */
export function describeKey(name: string, key: TransitKey): Record<string, unknown> {
  return {
    allow_plaintext_backup: false,
    deletion_allowed: key.deletionAllowed,
    derived: false,
    exportable: false,
    keys: Object.fromEntries(key.versions.map(({ createdAt }, index) => [index + 1, Math.floor(createdAt / 1000)])),
    latest_version: key.versions.length,
    min_available_version: 0,
    min_decryption_version: key.minDecryptionVersion,
    min_encryption_version: key.minEncryptionVersion,
    name,
    supports_decryption: true,
    supports_derivation: true,
    supports_encryption: true,
    supports_signing: false,
    type: 'aes256-gcm96',
  };
}

/** Whether a text is base64 with its padding. */
export function isBase64(text: string): boolean {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);
}

/** AES-256-GCM with the newest version and a fresh nonce; the associated data goes into the tag. */
export function encrypt(key: TransitKey, plaintext: Buffer, aad: Buffer): Result {
  const version = key.versions.length;
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.versions[version - 1]?.secret ?? '', nonce).setAAD(aad);
  const sealed = Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return { ciphertext: `vault:v${version}:${sealed.toString('base64')}`, key_version: version };
}

/** What was encrypted, or the text that says why not. */
export function decrypt(key: TransitKey, ciphertext: string, aad: Buffer): Result {
  if (!ciphertext.startsWith('vault:v')) return 'invalid ciphertext: no prefix';
  const [number = '', sealed, ...more] = ciphertext.slice('vault:v'.length).split(':');
  if (sealed === undefined || more.length > 0) return 'invalid ciphertext: wrong number of fields';
  if (!/^-?\d+$/.test(number)) return 'invalid ciphertext: version number could not be decoded';
  const version = Number(number);
  if (version > key.versions.length) return 'invalid ciphertext: version is too new';
  if (version < key.minDecryptionVersion) return 'ciphertext or signature version is disallowed by policy (too old)';
  if (!isBase64(sealed)) return 'invalid ciphertext: could not decode base64';
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < 28) return 'invalid ciphertext length';
  try {
    const cipher = createDecipheriv('aes-256-gcm', key.versions[version - 1]?.secret ?? '', bytes.subarray(0, 12));
    cipher.setAAD(aad).setAuthTag(bytes.subarray(-16));
    return { plaintext: Buffer.concat([cipher.update(bytes.subarray(12, -16)), cipher.final()]).toString('base64') };
  } catch {
    return 'cipher: message authentication failed';
  }
}
