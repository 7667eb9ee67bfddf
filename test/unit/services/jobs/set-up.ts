import { systemRandom } from '../../../../src/random.ts';
import { createJobs, type JobsDeps } from '../../../../src/services/jobs/jobs.ts';
import type { Job, JobCriteria, Posting } from '../../../../src/services/jobs/model.ts';
import { createTestClock } from '../../../support/clock.ts';
import { createTestDatabase } from '../../../support/database.ts';

export const retentionMs = 86_400_000;

/** Jobs over a database of their own; disposes of both. */
export function setUp(more: Partial<JobsDeps> = {}) {
  const clock = createTestClock();
  const db = createTestDatabase(clock);
  const parts = createJobs({ db, clock, random: systemRandom, retentionMs, ...more });
  return {
    clock,
    db,
    ...parts,
    /** Stores postings and gives the jobs they became, in their order. */
    add: (postings: readonly Posting[], criteria?: JobCriteria): Job[] =>
      db
        .transaction(() => parts.intake.store(postings, criteria))
        .outcomes.map(({ seq }) => parts.jobs.bySeq(seq) as Job),
    [Symbol.dispose]: () => db[Symbol.dispose](),
  };
}

/** How taking purged text out of the files ended, once it has nothing left to do or something is in its way. */
export function scrubbed({ retention }: Pick<ReturnType<typeof setUp>, 'retention'>): 'done' | 'busy' {
  for (;;) {
    const outcome = retention.scrub();
    if (outcome !== 'unfinished') return outcome;
  }
}
