import { parseDateTime } from './date-time.ts';
import { formatDuration, parseDuration } from './duration.ts';

/** A point in time: fixed, or so many milliseconds from now (negative: ago). */
export type Moment = Date | { readonly fromNowMs: number };

/** A moment of `2026-05-24T12:00:00Z`, or of a duration with or without sign such as `-P1D`, `-1h30m`. Undefined for anything else. */
export function parseMoment(text: string): Moment | undefined {
  const at = parseDateTime(text);
  if (at) return at;
  const ms = parseDuration(text.replace(/^[+-]/, ''));
  if (ms === undefined) return undefined;
  return { fromNowMs: text.startsWith('-') && ms !== 0 ? -ms : ms };
}

/** The text that `parseMoment` reads. */
export function formatMoment(moment: Moment): string {
  return moment instanceof Date ? moment.toISOString() : formatDuration(moment.fromNowMs);
}

/** The instant meant at `now`, held to what a Date can say. */
export function instantOf(moment: Moment, now: Date): Date {
  if (moment instanceof Date) return moment;
  const ms = now.getTime() + moment.fromNowMs;
  return new Date(Math.min(Math.max(ms, -8.64e15), 8.64e15));
}
