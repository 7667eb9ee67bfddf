import { randomBytes } from 'node:crypto';

/** What an unsealed server is in its cluster. */
export type Role = 'active' | 'standby' | 'dr' | 'perf';

/** Whether the server is open, and how it gets there. */
export interface Seal {
  initialized: boolean;
  sealed: boolean;
  role: Role;
  /** Keys there are, keys it takes. */
  shares: number;
  threshold: number;
  /** Hexadecimal; empty before initialisation. */
  keys: string[];
  /** Keys given since the last seal. */
  given: Set<string>;
}

/** A seal nobody has initialised. */
export function newSeal(): Seal {
  return { initialized: false, sealed: true, role: 'active', shares: 0, threshold: 0, keys: [], given: new Set() };
}

/** Makes the keys. Throws when they cannot be. */
export function initialize(seal: Seal, shares: number, threshold: number): void {
  if (!Number.isInteger(shares) || shares < 1 || shares > 255)
    throw new Error('invalid seal configuration: shares must be at least one');
  if (!Number.isInteger(threshold) || threshold < 1 || threshold > shares)
    throw new Error('invalid seal configuration: threshold cannot be larger than shares');
  Object.assign(seal, {
    initialized: true,
    shares,
    threshold,
    keys: Array.from({ length: shares }, () => randomBytes(33).toString('hex')),
  });
  seal.given.clear();
}

/** Closes. */
export function shut(seal: Seal): void {
  seal.sealed = true;
  seal.given.clear();
}

/** Takes a key; with enough of them the server opens. Throws when they do not fit together. */
export function giveKey(seal: Seal, key: string): void {
  if (!seal.sealed) return;
  if (!/^(?:[0-9a-f]{2})+$/i.test(key)) throw new Error("'key' must be a valid hex or base64 string");
  seal.given.add(key.toLowerCase());
  if (seal.given.size < seal.threshold) return;
  const fit = [...seal.given].every((one) => seal.keys.includes(one));
  seal.given.clear();
  if (!fit) throw new Error('failed to decrypt keys from storage: cipher: message authentication failed');
  seal.sealed = false;
}
