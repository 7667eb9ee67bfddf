import type { Posting } from '../../jobs/model.ts';
import type { SearchPage } from '../../upwork/model.ts';
import { inside, type Stretch } from '../stretch.ts';
import { nulledStretches } from './nulled-stretches.ts';
import { headInstant, tailInstant } from './posting-instants.ts';
import { slotsOf } from './read-page.ts';

/** Pages of a list that follow one another. */
export interface ListPiece {
  readonly slots: readonly (Posting | undefined)[];
  /** What was posted before this and after `reachMs` was in it; undefined: its own first postings tell. */
  readonly beginMs?: number;
  /** Its last page was the last of the list. */
  readonly isLast: boolean;
}

/** The piece with one more page. */
export function withPage(piece: ListPiece, page: SearchPage): ListPiece {
  return { ...piece, slots: [...piece.slots, ...slotsOf(page)], isLast: !page.hasNextPage };
}

/** Everything posted after this and before its begin was in the piece: −∞ at the end of the list. */
export function reachOf(piece: ListPiece): number {
  if (piece.isLast) return Number.NEGATIVE_INFINITY;
  return piece.slots.length === 0 ? (piece.beginMs ?? Number.POSITIVE_INFINITY) : tailInstant(readable(piece));
}

/** The stretches a piece has shown, and those in it of which something was withheld. */
export function shownBy(piece: ListPiece): { seen: readonly Stretch[]; holes: readonly Stretch[] } {
  const shown = { from: reachOf(piece), to: piece.beginMs ?? headInstant(readable(piece)) };
  if (shown.from >= shown.to) return { seen: [], holes: [] };
  return { seen: [shown], holes: inside(shown, nulledStretches(piece.slots)) };
}

function readable({ slots }: ListPiece): Posting[] {
  return slots.filter((slot) => slot !== undefined);
}
