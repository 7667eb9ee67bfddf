/** The bucket when its last request was, or will be, sent. Instants in milliseconds. */
export interface Bucket {
  readonly tokens: number;
  /** Slot of the last request; in the future while callers wait for their turn. */
  readonly filledAt: number;
}

/** Requests a second in the long run, at most (FACTS §3.2). */
export const highestCeiling = 5;
/** Requests that may follow each other without waiting for the long run. */
export const burst = 10;
/**
 * Between two requests. Upwork counts 10 in one second, when they arrive: nine in any second leave, so that a quarter
 * of a second may be lost on the way without an eleventh.
 */
const spacingMs = 125;
/** Upwork counts 300 in one minute: a burst, a minute's refill and a few calls for tokens must stay below. */
const refillShare = 0.94;
/** An instant further ahead than this is of a clock that has been put back since. */
const plausibleMs = 60_000;

/** How long a request has to wait so that it keeps its distance to the one that left last. In ms; 0: it may leave. */
export function departureWaitMs(departedAt: number, now: number): number {
  return departedAt > now + plausibleMs ? 0 : Math.max(0, departedAt + spacingMs - now);
}

/**
 * The slot of the next request, and the bucket after it. Slots are handed out in order of asking, so nobody starves.
 */
export function nextSlot(bucket: Bucket, ceiling: number, now: number): { slot: number; bucket: Bucket } {
  const last = bucket.filledAt > now + plausibleMs ? { tokens: 0, filledAt: now } : bucket;
  const earliest = Math.max(now, last.filledAt + spacingMs);
  const perMs = (ceiling * refillShare) / 1_000;
  const tokens = Math.min(burst, last.tokens + (earliest - last.filledAt) * perMs);
  const slot = tokens >= 1 ? earliest : earliest + Math.ceil((1 - tokens) / perMs);
  return { slot, bucket: { tokens: Math.max(0, tokens - 1), filledAt: slot } };
}
