import type { Posting } from '../../jobs/model.ts';
import { recencyMs } from './posting-instants.ts';

/** Postings of several lists as one. */
export interface MergedPostings {
  /** Each posting once, newest first, at most as many as asked for. */
  readonly postings: readonly Posting[];
  readonly distinct: number;
  /** What the bound left out. */
  readonly cut: readonly Posting[];
}

/**
 * Merges lists of postings: one entry a posting, whichever list gave it first, newest first, at most `most`. Where that is too few for all, the lists
 * take turns, each giving its newest that is not in yet.
 */
export function mergePostings(lists: readonly (readonly Posting[])[], most: number): MergedPostings {
  const byId = new Map<string, Posting>();
  for (const posting of lists.flat()) if (!byId.has(posting.externalId)) byId.set(posting.externalId, posting);
  const ordered = newestFirst([...byId.values()]);
  if (ordered.length <= most) return { postings: ordered, distinct: ordered.length, cut: [] };
  const taken = takeTurns(lists, most);
  return {
    postings: ordered.filter(({ externalId }) => taken.has(externalId)),
    distinct: ordered.length,
    cut: ordered.filter(({ externalId }) => !taken.has(externalId)),
  };
}

function takeTurns(lists: readonly (readonly Posting[])[], most: number): ReadonlySet<string> {
  const taken = new Set<string>();
  let waiting = lists.map((list) => newestFirst(list).values());
  while (waiting.length > 0 && taken.size < most)
    waiting = waiting.filter((list) => taken.size < most && takeNext(list, taken));
  return taken;
}

/** False where the list has nothing left. */
function takeNext(list: Iterator<Posting>, taken: Set<string>): boolean {
  for (let next = list.next(); !next.done; next = list.next()) {
    if (taken.has(next.value.externalId)) continue;
    taken.add(next.value.externalId);
    return true;
  }
  return false;
}

function newestFirst(postings: readonly Posting[]): Posting[] {
  return postings.toSorted((a, b) => compare(recencyMs(b), recencyMs(a)) || compare(b.externalId, a.externalId));
}

function compare<Value extends number | string>(a: Value, b: Value): number {
  if (a === b) return 0;
  return a > b ? 1 : -1;
}
