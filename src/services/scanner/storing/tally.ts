import type { CriterionName } from '../../jobs/model.ts';
import type { Tally } from './model.ts';

const samplesAtMost = 3;

/** What one criterion kept out. */
interface Drops {
  dropped: number;
  /** Postings that nothing else kept out: the nearest misses. */
  alone: number;
  readonly samples: { jobId: string; others: number }[];
}

/** An empty tally. */
export function createTally(): Tally {
  const seen = { new: 0, updated: 0, duplicate: 0, filtered: 0 };
  const drops = new Map<CriterionName, Drops>();
  let notified = 0;
  const addDrop = (criterion: CriterionName, jobId: string, others: number) => {
    const entry = drops.get(criterion) ?? { dropped: 0, alone: 0, samples: [] };
    entry.dropped += 1;
    if (others === 0) entry.alone += 1;
    entry.samples.push({ jobId, others });
    entry.samples.sort((a, b) => a.others - b.others).splice(samplesAtMost);
    drops.set(criterion, entry);
  };
  return {
    add: ({ outcome, droppedBy, jobId }, isAnnounced) => {
      seen[outcome] += 1;
      if (isAnnounced) notified += 1;
      if (outcome === 'filtered') for (const criterion of droppedBy) addDrop(criterion, jobId, droppedBy.length - 1);
    },
    counts: () => ({
      fetched: seen.new + seen.updated + seen.duplicate + seen.filtered,
      duplicates: seen.duplicate,
      updated: seen.updated,
      filteredOut: seen.filtered,
      new: seen.new,
      notified,
    }),
    reasons: () =>
      [...drops]
        .sort(([, a], [, b]) => b.dropped - a.dropped || b.alone - a.alone)
        .map(([criterion, { dropped, samples }]) => ({
          criterion,
          dropped,
          samples: samples.map(({ jobId }) => jobId),
        })),
    soleDroppers: () =>
      [...drops]
        .filter(([, { alone }]) => alone > 0)
        .sort(([, a], [, b]) => b.alone - a.alone)
        .map(([criterion]) => criterion),
  };
}
