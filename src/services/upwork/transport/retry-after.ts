const leastMs = 1_000;
const mostMs = 3_600_000;
const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;

/**
 * What a `Retry-After` header asks for, clamped to [1 s, 1 h] (RELIABILITY F91). Seconds or an HTTP date of any of the three forms (RFC 9110 §10.2.3,
 * §5.6.7); a date counts from the answer's own `Date`, so that a local clock that is wrong does no harm. Undefined for anything else.
 */
export function retryAfterMs(headers: Headers, now: Date): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  const seconds = value === '' ? Number.NaN : Number(value);
  if (Number.isFinite(seconds)) return clamp(seconds * 1_000);
  const at = readHttpDate(value);
  return at && clamp(at.getTime() - (readHttpDate(headers.get('date') ?? '') ?? now).getTime());
}

/** The instant of an HTTP date; undefined when it is none. */
export function readHttpDate(text: string): Date | undefined {
  if (!httpDate.test(text)) return undefined;
  const instant = new Date(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

function clamp(ms: number): number {
  return Math.min(mostMs, Math.max(leastMs, ms));
}
