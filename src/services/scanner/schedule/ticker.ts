import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';

const longestMs = 30_000;
/** A step of the wall clock that the monotonic one has not made: the machine slept, or somebody set the clock. */
const jumpMs = 60_000;

/** What a ticker does. `look` answers with how long it may be left alone, in ms. */
export interface TickerOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly look: () => number;
  /** The wall clock went `deltaMs` further (less, when negative) than time has passed. Called before `look`. */
  readonly onJump: (deltaMs: number) => void;
}

/** A running ticker. */
export interface Ticker {
  /** Looks again at once, after the code that is running now. */
  wake(): void;
  stop(): void;
}

/** Looks now, then when it was told to, and every 30 s at least (RELIABILITY §2c). An error of `look` is logged and does not stop it. */
export function startTicker({ clock, log, look, onJump }: TickerOptions): Ticker {
  let isStopped = false;
  let isWoken = false;
  let cancel = () => {};
  let last = { wall: clock.now().getTime(), monotonic: clock.monotonic() };

  const tick = () => {
    cancel();
    isWoken = false;
    if (isStopped) return;
    let delay = longestMs;
    try {
      const now = { wall: clock.now().getTime(), monotonic: clock.monotonic() };
      const delta = now.wall - last.wall - (now.monotonic - last.monotonic);
      last = now;
      if (Math.abs(delta) > jumpMs) {
        log.warn(
          { delayMs: Math.round(delta) },
          'the clock jumped, or the machine slept: the schedule is planned anew',
        );
        onJump(delta);
      }
      delay = look();
    } catch (error) {
      log.error({ err: error }, 'the schedule could not be looked at; it is tried again');
    }
    cancel = clock.after(Math.min(longestMs, Math.max(10, delay)), tick);
  };

  tick();
  return {
    wake: () => {
      if (isWoken || isStopped) return;
      isWoken = true;
      queueMicrotask(tick);
    },
    stop: () => {
      isStopped = true;
      cancel();
    },
  };
}
