/**
 * Time as the services see it. Handed in everywhere, so that tests can run years in seconds.
 * `now` is wall-clock time (due dates, stored instants); `monotonic` counts milliseconds and never goes back (durations, timeouts).
 */
export interface Clock {
  /** Wall-clock time. */
  now(): Date;
  /** Milliseconds since an arbitrary start; never goes back. */
  monotonic(): number;
  /** Runs `task` once after `delayMs`. Returns the function that prevents it. Any length: long delays are chained (a Node timer above 2³¹−1 ms fires at once). */
  after(delayMs: number, task: () => void): () => void;
  /** Resolves after `delayMs`, or at once with `signal`'s reason as rejection when it aborts. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}

const longestTimerMs = 2_147_483_647;

/** The machine's clock. The only place that reads time or sets timers. Its timers do not keep a process alive that has nothing else to do. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
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
};

function after(delayMs: number, task: () => void): () => void {
  let left = Math.max(0, delayMs);
  let timer: NodeJS.Timeout;
  const arm = () => {
    const step = Math.min(left, longestTimerMs);
    left -= step;
    timer = setTimeout(() => (left > 0 ? arm() : task()), step);
    timer.unref();
  };
  arm();
  return () => clearTimeout(timer);
}
