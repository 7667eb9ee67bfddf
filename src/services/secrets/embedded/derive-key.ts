import { scrypt } from 'node:crypto';
import { keyBytes } from './cipher.ts';

/** Cost of a passphrase: N = 2¹⁷, r = 8, p = 1, some 0.5 s and 128 MiB (OWASP's advice for scrypt; RELIABILITY §4.16). */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 };

/** Bytes of the salt that is drawn for every passphrase. */
export const saltBytes = 16;

/** Key of a passphrase, the same for every way of typing its letters (NFKC). */
export function deriveKey(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(passphrase.normalize('NFKC'), salt, keyBytes, cost, (error, key) => (error ? reject(error) : resolve(key))),
  );
}
