import type { QuietHours } from '../../preferences/model.ts';

const minuteMs = 60_000;
/** A day of any zone: the longest is 25 hours. */
const longestQuietMinutes = 26 * 60;

/**
 * Whether it is quiet at an instant, by the clock on the wall of the zone: days with 23, 23½, 24½ or 25 hours need no rule of their own (F84).
 * Start included, end not; equal ones are no quiet hours.
 */
export function isQuiet(instant: Date, quiet: QuietHours): boolean {
  return quietTest(quiet)(instant);
}

/** The first instant, a whole minute, from `instant` on at which it is not quiet; `instant` itself when it is not. */
export function quietEnd(instant: Date, quiet: QuietHours): Date {
  const isQuietAt = quietTest(quiet);
  if (!isQuietAt(instant)) return instant;
  let at = Math.floor(instant.getTime() / minuteMs) * minuteMs;
  for (let minutes = 0; minutes < longestQuietMinutes; minutes += 1) {
    at += minuteMs;
    if (!isQuietAt(new Date(at))) break;
  }
  return new Date(at);
}

/** Share of a day that is not quiet. */
export function wakingShare(quiet: QuietHours | undefined): number {
  if (!quiet || quiet.start === quiet.end) return 1;
  const length = minutesOf(quiet.end) - minutesOf(quiet.start);
  return 1 - (length > 0 ? length : length + 1_440) / 1_440;
}

function quietTest({ start, end, timeZone }: QuietHours): (instant: Date) => boolean {
  const wall = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return (instant) => {
    if (start === end) return false;
    const now = wall.format(instant);
    return start < end ? start <= now && now < end : now >= start || now < end;
  };
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
