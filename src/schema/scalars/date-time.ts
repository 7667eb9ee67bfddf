import { z } from 'zod';

const rfc3339 = z.iso.datetime({ offset: true });
/** RFC 3339 §5.6 wants seconds; ISO 8601, and so zod, lets them go. */
const withSeconds = /T\d{2}:\d{2}:\d{2}/;

/** The instant of an RFC 3339 timestamp with any offset, digits past milliseconds cut off; undefined for anything else. */
export function parseDateTime(text: string): Date | undefined {
  return withSeconds.test(text) && rfc3339.safeParse(text).success ? new Date(text) : undefined;
}

/** Whether the text is a date of the calendar as `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  return z.iso.date().safeParse(text).success;
}
