import type { Clock } from '../../clock.ts';
import type { OperationCost } from '../../schema/context.ts';

const hourMs = 3_600_000;

/** What a token has left. */
export type PointsLeft = Pick<OperationCost, 'limit' | 'used' | 'remaining' | 'resetsAt'>;

/**
 * The points of complexity each token has (CONVENTIONS §9): as many as an hour brings at most, coming back evenly over
 * the hour. Kept in memory: a restart makes them whole.
 */
export interface Points {
  /**
   * Takes `cost`, or nothing at all when it is more than is left: a large operation shuts out no small ones.
   * `enoughInMs` is when that much will be there; infinite for more than a token ever has.
   */
  spend(
    tokenId: string,
    cost: number,
  ): { readonly granted: boolean; readonly left: PointsLeft; readonly enoughInMs: number };
  /** Gives back what an operation was charged beyond what it took. */
  giveBack(tokenId: string, points: number): PointsLeft;
  /**
   * Takes what was delivered already, more than is left where it must be. Returns after how many ms the debt is worked
   * off.
   */
  debit(tokenId: string, cost: number): number;
  left(tokenId: string): PointsLeft;
}

/** What a token had at an instant of the monotonic clock. Below zero: it owes. */
interface Account {
  readonly level: number;
  readonly at: number;
}

/** The level after a while: it rises by the limit in an hour, and not above it. */
export function levelAt({ level, at }: Account, limit: number, now: number): number {
  return Math.min(limit, level + ((now - at) * limit) / hourMs);
}

/** How long until `points` are there, in ms; infinite where they never are. */
export function msUntil(points: number, level: number, limit: number): number {
  if (points <= level) return 0;
  return points > limit ? Number.POSITIVE_INFINITY : Math.ceil(((points - level) * hourMs) / limit);
}

/** @param deps.limit points per token and hour */
export function createPoints(deps: {
  readonly limit: number;
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
}): Points {
  const { limit, clock } = deps;
  const accounts = new Map<string, Account>();
  const levelOf = (tokenId: string) => {
    const account = accounts.get(tokenId);
    return account ? levelAt(account, limit, clock.monotonic()) : limit;
  };
  const set = (tokenId: string, level: number) => {
    // A token that owes nothing is as one that was never here.
    if (level >= limit) accounts.delete(tokenId);
    else accounts.set(tokenId, { level, at: clock.monotonic() });
    return leftOf(level);
  };
  const leftOf = (level: number): PointsLeft => {
    const remaining = Math.max(0, Math.floor(level));
    return {
      limit,
      used: limit - remaining,
      remaining,
      resetsAt: new Date(clock.now().getTime() + msUntil(limit, level, limit)),
    };
  };
  return {
    spend: (tokenId, cost) => {
      const level = levelOf(tokenId);
      const granted = cost <= 0 || cost <= level;
      return {
        granted,
        left: granted ? set(tokenId, level - cost) : leftOf(level),
        enoughInMs: msUntil(cost, level, limit),
      };
    },
    giveBack: (tokenId, points) => set(tokenId, Math.min(limit, levelOf(tokenId) + points)),
    debit: (tokenId, cost) => {
      const level = levelOf(tokenId) - cost;
      set(tokenId, level);
      return msUntil(0, level, limit);
    },
    left: (tokenId) => leftOf(levelOf(tokenId)),
  };
}

/** `RateLimit` and `RateLimit-Policy` as the IETF draft writes them (draft-ietf-httpapi-ratelimit-headers). */
export function pointsHeaders(left: PointsLeft, now: Date): Record<string, string> {
  const seconds = Math.max(0, Math.ceil((left.resetsAt.getTime() - now.getTime()) / 1_000));
  return {
    'ratelimit-policy': `"points";q=${left.limit};w=${hourMs / 1_000}`,
    ratelimit: `"points";r=${left.remaining};t=${seconds}`,
  };
}
