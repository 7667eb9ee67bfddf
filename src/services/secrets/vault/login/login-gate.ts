import type { Clock } from '../../../../clock.ts';

/** Paces log-ins: a refused one repeated at once locks roles out and floods Vault (F35, F36). */
export interface LoginGate {
  /** Milliseconds until the next log-in may be tried; 0 now. */
  waitMs(): number;
  /** Notes a log-in that worked: the next one at the earliest in a minute, save for the very first, whose token may die early. */
  opened(): void;
  /** Notes a refused one: a minute, then two, four, five. */
  refused(): void;
  /** Opens, as at first. */
  reset(): void;
}

const minuteMs = 60_000;
const longestMs = 300_000;

/** Open at first. */
export function createLoginGate(clock: Pick<Clock, 'monotonic'>): LoginGate {
  let openAt = Number.NEGATIVE_INFINITY;
  let isFirst = true;
  let refusals = 0;
  const closeFor = (ms: number) => {
    openAt = clock.monotonic() + ms;
    isFirst = false;
  };
  return {
    waitMs: () => Math.max(0, openAt - clock.monotonic()),
    opened: () => {
      refusals = 0;
      if (isFirst) isFirst = false;
      else closeFor(minuteMs);
    },
    refused: () => {
      closeFor(Math.min(minuteMs * 2 ** refusals, longestMs));
      refusals += 1;
    },
    reset: () => {
      openAt = Number.NEGATIVE_INFINITY;
      isFirst = true;
      refusals = 0;
    },
  };
}
