import type { Posting } from '../../jobs/model.ts';
import { inside, type Stretch } from '../stretch.ts';
import type { Unread } from './model.ts';

/** What of some stretches is still to be read; undefined where nothing is. */
export function unreadOf(stretches: readonly Stretch[], read: readonly Posting[]): Unread | undefined {
  const leftMs = lengthOf(stretches);
  if (leftMs <= 0) return undefined;
  const dates = read.flatMap(({ postedAt, renewedAt }) => (postedAt && !renewedAt ? [postedAt.getTime()] : []));
  const span = { from: Math.min(...dates), to: Math.max(...dates) };
  const readMs = span.to - span.from - lengthOf(inside(span, stretches));
  return dates.length < 2 || readMs <= 0 ? {} : { about: Math.max(1, Math.round((leftMs * dates.length) / readMs)) };
}

function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { from, to }) => sum + to - from, 0);
}
