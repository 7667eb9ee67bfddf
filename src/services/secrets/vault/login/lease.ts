/** When to renew a lease of this length: two thirds in, so that an outage of a third of it harms nothing. */
export function renewalDelayMs(leaseMs: number): number {
  return Math.min(Math.ceil((leaseMs * 2) / 3), longestMs);
}

/** When to try again after a renewal that failed, with this much left: often enough for several tries, at most once a second (F39). */
export function retryDelayMs(remainingMs: number): number {
  return Math.min(Math.max(Math.ceil(remainingMs / 4), 1_000), 30_000);
}

/** Whether a renewal gave less than the lease can be: it runs into the longest life Vault allows the token, and will not be extended for long (F38). */
export function isCapped(leaseMs: number, fullLeaseMs: number): boolean {
  return leaseMs < fullLeaseMs * 0.9;
}

/** Longer than any lease that makes sense; keeps the arithmetic of timers exact. */
const longestMs = 10 * 365 * 24 * 60 * 60 * 1_000;
