import { relativeTime } from './relative-time.ts';

/** A moment, relative; the exact one in the viewer's own time zone on hover. */
export function Time({ at }: { readonly at: string }) {
  const date = new Date(at);
  return (
    <time dateTime={at} title={date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' })}>
      {relativeTime(date, new Date())}
    </time>
  );
}
