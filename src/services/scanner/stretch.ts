/** A stretch of time, in ms since 1970, its end not included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What of a stretch lies in none of the others, in order. */
export function outside(stretch: Stretch, others: readonly Stretch[]): Stretch[] {
  return others.reduce<Stretch[]>(
    (rest, { from, to }) =>
      rest
        .flatMap((piece) => [
          { from: piece.from, to: Math.min(piece.to, from) },
          { from: Math.max(piece.from, to), to: piece.to },
        ])
        .filter((piece) => piece.from < piece.to),
    stretch.from < stretch.to ? [stretch] : [],
  );
}

/** What of a stretch lies in one of the others, in order and without overlaps. */
export function inside(stretch: Stretch, others: readonly Stretch[]): Stretch[] {
  return outside(stretch, outside(stretch, others));
}
