import type { Posting } from '../../jobs/model.ts';
import { recencyMs } from './posting-instants.ts';

/** Postings of several lists as one: each once, whichever list gave it first, newest first. */
export function mergePostings(lists: readonly (readonly Posting[])[]): readonly Posting[] {
  const byId = new Map<string, Posting>();
  for (const posting of lists.flat()) if (!byId.has(posting.externalId)) byId.set(posting.externalId, posting);
  return [...byId.values()].toSorted(
    (a, b) => compare(recencyMs(b), recencyMs(a)) || compare(b.externalId, a.externalId),
  );
}

function compare<Value extends number | string>(a: Value, b: Value): number {
  if (a === b) return 0;
  return a > b ? 1 : -1;
}
