import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Limits } from '../limits.ts';

/** Counts wrong tokens, codes and session cookies at every door: HTTP, WebSocket, event stream, log-in. */
export interface Guesses {
  /**
   * Counts one wrong secret that came from `address`. Only wrong ones may be given here: what is right is never
   * counted, so that it always gets in, also from an address (a proxy's) that others guess from.
   * @returns whole seconds until the next wrong one is answered as such; 0: this one is
   */
  countWrong(address: string | undefined, secret: string): Promise<number>;
}

/** As much of a secret as a token's `prefix` shows. */
const prefixCharacters = 8;

/**
 * At most `badLoginsPerMinute` wrong secrets of one address, and of one token prefix from any number of addresses
 * (issue 11, B).
 */
export function createGuesses({ badLoginsPerMinute }: Pick<Limits, 'badLoginsPerMinute'>): Guesses {
  const wrong = new RateLimiterMemory({ points: badLoginsPerMinute, duration: 60 });
  const secondsToWait = (key: string) =>
    wrong.consume(key).then(
      () => 0,
      ({ msBeforeNext }: RateLimiterRes) => Math.max(1, Math.ceil(msBeforeNext / 1_000)),
    );
  return {
    countWrong: async (address, secret) => {
      // An address that has had its share adds no more prefixes to remember.
      const seconds = await secondsToWait(`address ${networkOf(address)}`);
      return seconds > 0 ? seconds : secondsToWait(`prefix ${secret.slice(0, prefixCharacters)}`);
    },
  };
}

/** Who an address belongs to: itself for IPv4, the first 64 bits for IPv6, of which one customer has all the rest. */
export function networkOf(address: string | undefined): string {
  const plain = (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const missing = tail === undefined ? 0 : 8 - groups.length - after.length;
  return `${[...groups, ...Array.from({ length: missing }, () => '0'), ...after].slice(0, 4).join(':')}::/64`;
}
