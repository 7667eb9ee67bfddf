import type { Posting } from '../jobs/model.ts';
import { recencyMs } from './posting-instants.ts';

/** Postings of several searches as one list. */
export interface MergedPostings {
  /** Each posting once, newest first, at most as many as asked for. */
  readonly postings: readonly Posting[];
  readonly distinct: number;
  /** What the bound left out. */
  readonly cut: readonly Posting[];
}

/** Merges lists of postings: one entry a posting, whichever search gave it first, newest first, at most `most`. */
export function mergePostings(lists: readonly (readonly Posting[])[], most: number): MergedPostings {
  const byId = new Map<string, Posting>();
  for (const posting of lists.flat()) if (!byId.has(posting.externalId)) byId.set(posting.externalId, posting);
  const ordered = [...byId.values()].sort(
    (a, b) => compare(recencyMs(b), recencyMs(a)) || compare(b.externalId, a.externalId),
  );
  return { postings: ordered.slice(0, most), distinct: ordered.length, cut: ordered.slice(most) };
}

function compare<Value extends number | string>(a: Value, b: Value): number {
  if (a === b) return 0;
  return a > b ? 1 : -1;
}
