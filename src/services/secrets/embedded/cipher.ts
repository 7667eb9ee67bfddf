import { createCipheriv, createDecipheriv } from 'node:crypto';

/** Bytes of an AES-256 key. */
export const keyBytes = 32;
/** Bytes of the nonce that is drawn for every encryption (NIST SP 800-38D §8.2.2). */
export const nonceBytes = 12;
const tagBytes = 16;

/** What a table holds of an encrypted text; `ciphertext` ends in the 16-byte tag. */
export interface Sealed {
  readonly nonce: Buffer;
  readonly ciphertext: Buffer;
}

/** AES-256-GCM. `context` is authenticated, not encrypted: opening needs the very same. A nonce is used once under a key. */
export function seal(key: Buffer, nonce: Buffer, plaintext: Buffer, context: Buffer): Sealed {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(context);
  return { nonce, ciphertext: Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]) };
}

/** The text, or undefined when key, nonce, ciphertext or context is not what it was sealed with. */
export function unseal(key: Buffer, sealed: Sealed, context: Buffer): Buffer | undefined {
  const { nonce, ciphertext } = sealed;
  if (key.length !== keyBytes || nonce.length !== nonceBytes || ciphertext.length < tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(context);
  decipher.setAuthTag(ciphertext.subarray(ciphertext.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(ciphertext.subarray(0, ciphertext.length - tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}
