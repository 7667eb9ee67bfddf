import type { Posting } from '../../jobs/model.ts';

/** Upwork's dates have whole seconds. */
const secondMs = 1_000;
const tailLength = 3;

/** Where a posting stands in a list of the newest: when it was posted or renewed. One without a date counts as new (F104). */
export function recencyMs({ postedAt, renewedAt }: Posting): number {
  if (!postedAt && !renewedAt) return Number.POSITIVE_INFINITY;
  return Math.max(postedAt?.getTime() ?? 0, renewedAt?.getTime() ?? 0);
}

/**
 * How far back a list read from the newest on has come: everything posted after this was in it. Told by its last postings, and by more than one, as
 * the order is not strict; renewed ones tell nothing, since nobody knows which of their dates Upwork sorts by (FACTS §5). +∞ where nothing tells.
 */
export function tailInstant(postings: readonly Posting[]): number {
  const tail = postings.filter(({ postedAt, renewedAt }) => postedAt && !renewedAt).slice(-tailLength);
  if (tail.length === 0) return Number.POSITIVE_INFINITY;
  return Math.max(...tail.map(({ postedAt }) => postedAt?.getTime() ?? 0)) + secondMs;
}

/** When the newest of them was posted, not counting renewals. −∞ when there is none with a date. */
export function newestInstant(postings: readonly Posting[]): number {
  const dated = postings.filter(({ renewedAt }) => !renewedAt);
  return Math.max(
    ...dated.map(({ postedAt }) => postedAt?.getTime() ?? Number.POSITIVE_INFINITY),
    Number.NEGATIVE_INFINITY,
  );
}
