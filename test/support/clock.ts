import type { Clock } from '../../src/clock.ts';

/** A clock that stands still until it is told to move. */
export interface TestClock extends Clock {
  /** Moves on by `ms`, running every timer on the way in order, and lets promises settle after each. */
  advance(ms: number): Promise<void>;
  /** Moves the wall clock alone, as NTP or a person would. */
  jump(ms: number): void;
  /** Timers that wait. */
  pending(): number;
}

/**
 * @param start wall-clock time to begin at
 * @param settle what to wait for after each timer: more than promises where its task talks to a real socket
 */
export function createTestClock(
  start = new Date('2026-10-01T12:00:00.000Z'),
  settle = () => new Promise<void>((resolve) => setImmediate(resolve)),
): TestClock {
  let elapsed = 0;
  let offset = start.getTime();
  let nextId = 0;
  const timers = new Map<number, { at: number; task: () => void }>();
  const after: Clock['after'] = (delayMs, task) => {
    const id = nextId++;
    timers.set(id, { at: elapsed + Math.max(0, delayMs), task });
    return () => timers.delete(id);
  };
  return {
    now: () => new Date(offset + elapsed),
    monotonic: () => elapsed,
    after,
    sleep: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const onAbort = () => {
          cancel();
          reject(signal?.reason);
        };
        const cancel = after(delayMs, () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        });
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
    jump: (ms) => {
      offset += ms;
    },
    pending: () => timers.size,
    advance: async (ms) => {
      const end = elapsed + ms;
      await settle();
      for (;;) {
        const due = [...timers]
          .filter(([, timer]) => timer.at <= end)
          .sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
        if (!due) break;
        timers.delete(due[0]);
        elapsed = Math.max(elapsed, due[1].at);
        due[1].task();
        await settle();
      }
      elapsed = end;
      await settle();
    },
  };
}
