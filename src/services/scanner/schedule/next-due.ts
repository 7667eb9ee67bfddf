/** Share of the interval by which a due time may be early or late. */
export const jitter = 0.1;

/** When to scan next: an interval after the last one's start, jittered. Lengths in ms, `fraction` in [0, 1). */
export function nextDue(startedAt: Date, intervalMs: number, fraction: number): Date {
  return new Date(startedAt.getTime() + Math.round(intervalMs * jittered(fraction)));
}

/** How long to wait after the n-th failure in a row: a minute, doubling up to the interval, or up to `longestMs` where that is more. */
export function retryDelayMs(failures: number, intervalMs: number, longestMs: number, fraction: number): number {
  const first = Math.min(intervalMs, 60_000);
  const delay = Math.min(first * 2 ** Math.min(failures - 1, 20), Math.max(intervalMs, longestMs));
  return Math.round(delay * jittered(fraction));
}

/** How long to wait before looking again at a connection that cannot be used: doubles from the interval up to four hours. */
export function blockedDelayMs(skips: number, intervalMs: number): number {
  return Math.min(intervalMs * 2 ** Math.min(skips, 20), Math.max(intervalMs, 4 * 3_600_000));
}

function jittered(fraction: number): number {
  return 1 - jitter + 2 * jitter * fraction;
}
