import { letters, newTokenId } from '../ids.ts';
import { grantLease, type Lease } from '../lease.ts';
import type { Settings } from '../settings.ts';
import type { Token, TokenWish } from './token.ts';

/** Why a token cannot be renewed; RELIABILITY §5 gives the texts. */
export type RenewalRefusal =
  | 'lease is not renewable'
  | 'lease expired'
  | 'batch tokens cannot be renewed'
  | 'invalid lease ID'
  | 'past the max TTL, cannot renew';

/** All tokens. */
export interface Tokens {
  /** Makes one, with warnings about wishes it did not fulfil. */
  issue(wish: TokenWish): { token: Token; warnings: string[] };
  /** One that is alive; undefined for everything else. */
  find(id: string): Token | undefined;
  byAccessor(accessor: string): Token | undefined;
  /** Counts a use. True: it was the last, and the token is to be revoked once the request is answered. */
  use(token: Token): boolean;
  /** Prolongs it by about `increment` seconds (0: its own), or says why not. */
  renew(token: Token, increment: number): Lease | RenewalRefusal;
  /** Ends it and, unless `orphan`, everything it made. */
  revoke(token: Token, orphan?: boolean): void;
  /** All alive. */
  list(): Token[];
}

/** Holds tokens in memory; `now` in milliseconds decides which have ended. `learn` is told every one. */
export function createTokens(now: () => number, settings: Settings, learn: (value: unknown) => void): Tokens {
  const all = new Map<string, Token>();
  const isAlive = ({ expiresAt }: Token) => expiresAt === null || expiresAt > now();

  function find(id: string): Token | undefined {
    const token = all.get(id);
    if (token === undefined || isAlive(token)) return token;
    revoke(token);
    return undefined;
  }

  function revoke(token: Token, orphan = false): void {
    all.delete(token.id);
    for (const child of [...all.values()].filter(({ parent }) => parent === token.id))
      if (orphan) child.parent = null;
      else revoke(child);
  }

  return {
    issue: (wish) => {
      const lease = firstLease(wish, settings);
      const token = newToken(wish, lease.seconds, now(), settings);
      all.set(token.id, token);
      learn(token.id);
      return { token, warnings: lease.warnings };
    },
    find,
    byAccessor: (accessor) => {
      const token = accessor === '' ? undefined : [...all.values()].find((one) => one.accessor === accessor);
      return token && find(token.id);
    },
    use: (token) => {
      if (token.numUses === 0) return false;
      token.numUses -= 1;
      return token.numUses === 0;
    },
    renew: (token, increment) => {
      if (token.type === 'batch') return 'batch tokens cannot be renewed';
      if (token.expiresAt === null) return 'invalid lease ID';
      if (token.expiresAt <= now()) return 'lease expired';
      if (!token.renewable) return 'lease is not renewable';
      const lease = grantLease({ ...token, wanted: increment }, (now() - token.createdAt) / 1000, settings);
      if (!lease) return 'past the max TTL, cannot renew';
      token.expiresAt = now() + lease.seconds * 1000;
      token.lastRenewalAt = now();
      return lease;
    },
    revoke,
    list: () => [...all.values()].filter(isAlive),
  };
}

function firstLease(wish: TokenWish, settings: Settings): { seconds: number | null; warnings: string[] } {
  if (wish.ttl === null) return { seconds: null, warnings: [] };
  const { ttl = 0, period = 0, maxTtl = 0, explicitMaxTtl = 0 } = wish;
  const lease = grantLease({ wanted: ttl, ttl: 0, period, maxTtl, explicitMaxTtl }, 0, settings);
  return lease ?? { seconds: 0, warnings: [] };
}

function newToken(wish: TokenWish, seconds: number | null, now: number, { dialect }: Settings): Token {
  const type = wish.type ?? 'service';
  return {
    id: wish.id ?? newTokenId(type, dialect),
    accessor: type === 'batch' ? '' : letters(24),
    type,
    namespace: wish.namespace ?? '',
    policies: [...new Set(wish.policies)].sort(),
    path: wish.path ?? 'auth/token/create',
    displayName: wish.displayName ?? 'token',
    meta: wish.meta ?? null,
    entityId: wish.entityId ?? '',
    parent: wish.parent ?? null,
    createdAt: now,
    expiresAt: seconds === null ? null : now + seconds * 1000,
    creationTtl: seconds ?? 0,
    ttl: wish.ttl ?? 0,
    maxTtl: wish.maxTtl ?? 0,
    explicitMaxTtl: wish.explicitMaxTtl ?? 0,
    period: wish.period ?? 0,
    renewable: seconds !== null && type === 'service' && (wish.renewable ?? true),
    lastRenewalAt: null,
    numUses: wish.numUses ?? 0,
    boundCidrs: wish.boundCidrs ?? [],
  };
}
