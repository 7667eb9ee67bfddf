import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Clock } from '../../clock.ts';
import type { OperationCost } from '../../schema/context.ts';

const hourSeconds = 3_600;

/** What a token has spent in its hour. */
export type PointsLeft = Pick<OperationCost, 'limit' | 'used' | 'remaining' | 'resetsAt'>;

/** The points of complexity each token has per hour (CONVENTIONS §9), kept in memory: a restart gives everybody a fresh hour. */
export interface Points {
  /** Takes `cost`, or nothing at all when it is more than is left. The hour begins with a token's first operation. */
  spend(tokenId: string, cost: number): Promise<{ readonly granted: boolean; readonly left: PointsLeft }>;
}

/** @param deps.limit points per token and hour */
export function createPoints(deps: { readonly limit: number; readonly clock: Pick<Clock, 'now'> }): Points {
  const { limit, clock } = deps;
  const limiter = new RateLimiterMemory({ points: limit, duration: hourSeconds });
  const leftOf = (state: Pick<RateLimiterRes, 'consumedPoints' | 'msBeforeNext'> | null): PointsLeft => {
    const used = Math.min(limit, state?.consumedPoints ?? 0);
    const ms = state && state.msBeforeNext > 0 ? state.msBeforeNext : hourSeconds * 1_000;
    return { limit, used, remaining: limit - used, resetsAt: new Date(clock.now().getTime() + ms) };
  };
  return {
    spend: async (tokenId, cost) => {
      const before = await limiter.get(tokenId);
      // Asked first: the limiter would count what it refuses, and a large operation would shut out the small ones.
      if ((before?.consumedPoints ?? 0) + cost > limit) return { granted: false, left: leftOf(before) };
      return limiter.consume(tokenId, cost).then(
        (after) => ({ granted: true, left: leftOf(after) }),
        (after: RateLimiterRes) => ({ granted: false, left: leftOf(after) }),
      );
    },
  };
}

/** `RateLimit` and `RateLimit-Policy` as the IETF draft writes them (draft-ietf-httpapi-ratelimit-headers). */
export function pointsHeaders(left: PointsLeft, now: Date): Record<string, string> {
  const seconds = Math.max(0, Math.ceil((left.resetsAt.getTime() - now.getTime()) / 1_000));
  return {
    'ratelimit-policy': `"points";q=${left.limit};w=${hourSeconds}`,
    ratelimit: `"points";r=${left.remaining};t=${seconds}`,
  };
}
