const firstMs = 2_000;
const longestMs = 15 * 60_000;
const obeyedMs = { least: 1_000, most: 3_600_000 };

/**
 * How long to keep quiet after a 429. What Upwork said is obeyed within [1 s, 1 h] (F91); without it full jitter over
 * a range that doubles from 2 s to 15 min (F92).
 * @param throttles how many times in a row it has answered 429 before
 */
export function backOffMs(retryAfterMs: number | undefined, throttles: number, fraction: number): number {
  if (retryAfterMs !== undefined && !Number.isNaN(retryAfterMs))
    return Math.min(obeyedMs.most, Math.max(obeyedMs.least, retryAfterMs));
  const range = Math.min(longestMs, firstMs * 2 ** Math.min(throttles, 20));
  return Math.max(obeyedMs.least, Math.round(fraction * range));
}

/** The longest that `backOffMs` answers: anything beyond it in the database comes from a clock that was wrong. */
export const longestBackOffMs = obeyedMs.most;
