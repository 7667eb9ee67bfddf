import type { Clock } from '../../clock.ts';
import { UpworkError } from '../upwork/model.ts';

const shortestMs = 30_000;
const longestMs = 15 * 60_000;

/** Keeps a platform that answers 401 to everything from making us refresh for ever (F22). */
export interface ForcedRefreshes {
  /** Counts a refresh because of a 401. @throws UpworkError `unauthorized` while the last one has not helped and is not long ago */
  refuseOrCount(rejected: string): void;
  /** A token has worked. */
  forget(): void;
}

/** The first is always allowed; the next ones after 30 s, then twice as long, up to 15 min. The callers of one rejected token count once. */
export function createForcedRefreshes(clock: Pick<Clock, 'monotonic'>): ForcedRefreshes {
  let count = 0;
  let notBefore = 0;
  let last: string | undefined;
  return {
    refuseOrCount: (rejected) => {
      if (rejected === last) return;
      const now = clock.monotonic();
      if (count > 0 && now < notBefore)
        throw new UpworkError(
          'unauthorized',
          'Upwork’s API refuses a token that Upwork has just issued. Prospector tries again later by itself.',
          { retryAfterMs: notBefore - now },
        );
      last = rejected;
      count += 1;
      notBefore = now + Math.min(longestMs, shortestMs * 2 ** (count - 1));
    },
    forget: () => {
      count = 0;
      last = undefined;
    },
  };
}
