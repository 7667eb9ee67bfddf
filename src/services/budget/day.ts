/** Length of a UTC day. */
export const dayMs = 86_400_000;

/** The UTC day of an instant, `YYYY-MM-DD`. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** The next UTC midnight. */
export function dayEnd(instant: Date): Date {
  return new Date((Math.floor(instant.getTime() / dayMs) + 1) * dayMs);
}
