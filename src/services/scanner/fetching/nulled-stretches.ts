import type { Posting } from '../../jobs/model.ts';
import type { Stretch } from '../stretch.ts';

/** Upwork's dates have whole seconds. */
const secondMs = 1_000;

/**
 * When the postings may have been posted that Upwork nulled, told by their neighbours in a list read from the newest
 * on: ±∞ at its ends. Renewed neighbours tell nothing, since nobody knows which of their dates Upwork sorts by (FACTS
 * §5).
 */
export function nulledStretches(slots: readonly (Posting | undefined)[]): Stretch[] {
  const newer = carry(slots, Number.POSITIVE_INFINITY);
  const older = carry([...slots].reverse(), Number.NEGATIVE_INFINITY).reverse();
  const holes = slots.flatMap((slot, place) =>
    slot ? [] : [{ from: (older[place] ?? 0) - secondMs, to: (newer[place] ?? 0) + secondMs }],
  );
  return holes.filter((hole, index) => hole.from !== holes[index - 1]?.from || hole.to !== holes[index - 1]?.to);
}

/** For each place, when the last posting before it was posted. */
function carry(slots: readonly (Posting | undefined)[], first: number): number[] {
  let last = first;
  return slots.map((slot) => {
    const before = last;
    if (slot?.postedAt && !slot.renewedAt) last = slot.postedAt.getTime();
    return before;
  });
}
