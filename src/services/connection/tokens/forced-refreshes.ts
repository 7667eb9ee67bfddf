import type { Clock } from '../../../clock.ts';
import { UpworkError } from '../../upwork/model.ts';

const shortestMs = 30_000;
const longestMs = 15 * 60_000;
/** However well other calls fare: more than this is one kind of call that is always refused. */
const most = 5;
const mostWithinMs = 10 * 60_000;

/** Keeps a platform that answers 401 whatever the token from making us refresh for ever (F22). */
export interface ForcedRefreshes {
  /** Counts a refresh because of a 401. @throws UpworkError `unauthorized` when refreshing has not helped lately */
  refuseOrCount(rejected: string): void;
  /** A call has been answered well. */
  helped(): void;
  /** Another authorization: nothing is known of it. */
  forget(): void;
}

/**
 * The first is always allowed. While none has helped, the next ones come after 30 s, then twice as long, up to 15 min; and never more than five in
 * ten minutes. The callers of one rejected token count once.
 */
export function createForcedRefreshes(clock: Pick<Clock, 'monotonic'>): ForcedRefreshes {
  let inVain = 0;
  let notBefore = 0;
  let last: string | undefined;
  let recent: number[] = [];
  return {
    refuseOrCount: (rejected) => {
      if (rejected === last) return;
      const now = clock.monotonic();
      recent = recent.filter((at) => now - at < mostWithinMs);
      const waitMs = Math.max(
        inVain > 0 ? notBefore - now : 0,
        recent.length < most ? 0 : (recent[0] ?? now) + mostWithinMs - now,
      );
      if (waitMs > 0)
        throw new UpworkError(
          'unauthorized',
          'Upwork’s API refuses a token that Upwork has just issued. Prospector tries again later by itself.',
          { retryAfterMs: waitMs },
        );
      last = rejected;
      recent.push(now);
      inVain += 1;
      notBefore = now + Math.min(longestMs, shortestMs * 2 ** (inVain - 1));
    },
    helped: () => {
      inVain = 0;
    },
    forget: () => {
      inVain = 0;
      recent = [];
    },
  };
}
