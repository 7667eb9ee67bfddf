import { randomBytes } from 'node:crypto';

/** Randomness as the services see it; handed in, so that tests can repeat a run. */
export interface Random {
  /** `size` bytes fit for secrets. */
  bytes(size: number): Buffer;
  /** A number in [0, 1): jitter only, never a secret. */
  fraction(): number;
}

/** The machine's randomness. */
export const systemRandom: Random = { bytes: (size) => randomBytes(size), fraction: () => Math.random() };
