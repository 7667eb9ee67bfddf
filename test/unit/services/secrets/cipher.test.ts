import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { keyBytes, nonceBytes, seal, unseal } from '../../../../src/services/secrets/embedded/cipher.ts';

interface Vectors {
  numberOfTests: number;
  testGroups: {
    ivSize: number;
    keySize: number;
    tagSize: number;
    tests: {
      tcId: number;
      key: string;
      iv: string;
      aad: string;
      msg: string;
      ct: string;
      tag: string;
      result: string;
    }[];
  }[];
}

const file = new URL('../../../data/wycheproof/aes_gcm_test.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;
const all = vectors.testGroups.flatMap(({ tests, keySize, ivSize, tagSize }) =>
  tests.map((test) => ({ ...test, isOurs: keySize === keyBytes * 8 && ivSize === nonceBytes * 8, tagSize })),
);
const hex = (text: string) => Buffer.from(text, 'hex');

it('Prospector has all of the vectors it says it has', () => {
  expect(all).toHaveLength(vectors.numberOfTests);
  expect(all.filter(({ isOurs }) => isOurs)).toHaveLength(48);
});

it('Prospector encrypts and decrypts every valid AES-256-GCM vector of Wycheproof to the byte', () => {
  for (const { tcId, key, iv, aad, msg, ct, tag } of all.filter(({ isOurs, result }) => isOurs && result === 'valid')) {
    const sealed = { nonce: hex(iv), ciphertext: hex(ct + tag) };
    expect({ tcId, ...seal(hex(key), hex(iv), hex(msg), hex(aad)) }).toEqual({ tcId, ...sealed });
    expect({ tcId, text: unseal(hex(key), sealed, hex(aad))?.toString('hex') }).toEqual({ tcId, text: msg });
  }
});

it('Prospector opens none of the invalid vectors, and none with a key or nonce of another length', () => {
  const refused = all.filter(({ isOurs, result }) => !isOurs || result !== 'valid');
  expect(refused.length).toBeGreaterThan(200);
  for (const { tcId, key, iv, aad, ct, tag } of refused) {
    const text = unseal(hex(key), { nonce: hex(iv), ciphertext: hex(ct + tag) }, hex(aad));
    expect({ tcId, text }).toEqual({ tcId, text: undefined });
  }
});

it('Prospector opens nothing that is shorter than its tag', () => {
  const key = Buffer.alloc(keyBytes);
  const nonce = Buffer.alloc(nonceBytes);
  const { ciphertext } = seal(key, nonce, Buffer.alloc(0), Buffer.alloc(0));
  for (let length = 0; length < ciphertext.length; length += 1)
    expect(unseal(key, { nonce, ciphertext: ciphertext.subarray(0, length) }, Buffer.alloc(0))).toBeUndefined();
});
