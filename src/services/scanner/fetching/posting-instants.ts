import type { Posting } from '../../jobs/model.ts';

/** Upwork's dates have whole seconds. */
const secondMs = 1_000;
/** Postings by which the end of a list tells its time: more than one, as the order is not strict. */
const edgeLength = 3;

/**
 * Where a posting stands in a list of the newest: when it was posted or renewed. One without a date counts as new
 * (F104).
 */
export function recencyMs({ postedAt, renewedAt }: Posting): number {
  if (!postedAt && !renewedAt) return Number.POSITIVE_INFINITY;
  return Math.max(postedAt?.getTime() ?? 0, renewedAt?.getTime() ?? 0);
}

/**
 * How far back a list read from the newest on has come: everything posted after this was in it. Told by its last
 * postings; renewed ones tell nothing, since nobody knows which of their dates Upwork sorts by (FACTS §5). +∞ where
 * nothing tells.
 */
export function tailInstant(postings: readonly Posting[]): number {
  const tail = datesOf(postings).slice(-edgeLength);
  return tail.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...tail) + secondMs;
}

/**
 * Where a piece from the middle of a list begins: what was posted before this and after its `tailInstant` was in it.
 * Told by its first postings. −∞ where nothing tells.
 */
export function headInstant(postings: readonly Posting[]): number {
  const head = datesOf(postings).slice(0, edgeLength);
  return head.length === 0 ? Number.NEGATIVE_INFINITY : Math.min(...head) - secondMs;
}

/** When the newest of them was posted, not counting renewals. −∞ when there is none with a date. */
export function newestInstant(postings: readonly Posting[]): number {
  const dated = postings.filter(({ renewedAt }) => !renewedAt);
  return Math.max(
    ...dated.map(({ postedAt }) => postedAt?.getTime() ?? Number.POSITIVE_INFINITY),
    Number.NEGATIVE_INFINITY,
  );
}

/** When those that were not renewed were posted, in the order of the list. */
function datesOf(postings: readonly Posting[]): number[] {
  return postings.flatMap(({ postedAt, renewedAt }) => (postedAt && !renewedAt ? [postedAt.getTime()] : []));
}
