import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aPosting } from '../../../support/posting.ts';
import { criteria as anyCriteria, posting as anyPosting } from './arbitrary.ts';
import { setUp } from './set-up.ts';

it('says of each job whose content is kept which criteria drop it, newest first', async () => {
  using app = setUp();
  const at = (hour: number) => new Date(Date.UTC(2026, 9, 1, hour));
  const jobs = app.add([
    aPosting(1, { postedAt: at(9) }),
    aPosting(2, { postedAt: at(11), skills: ['Vue'], proposals: 90 }),
    aPosting(3, { postedAt: at(10), title: 'Other', description: '' }),
  ]);
  const criteria = { skills: ['React'], maximumProposals: 20 };
  const explained = [
    { seq: 2, jobId: jobs[1]?.id, postedAt: at(11), droppedBy: ['skills', 'maximumProposals'], matchesQuery: true },
    { seq: 3, jobId: jobs[2]?.id, postedAt: at(10), droppedBy: [], matchesQuery: false },
    { seq: 1, jobId: jobs[0]?.id, postedAt: at(9), droppedBy: [], matchesQuery: true },
  ];
  expect(app.explain({ criteria, query: 'dashboard' })).toEqual(explained);
  expect(app.explain({ criteria, query: 'dashboard', since: at(10) })).toEqual(explained.slice(0, 2));
  expect(app.explain({ criteria, query: 'dashboard', seqs: [1, 2] })).toEqual([explained[0], explained[2]]);
  expect(app.explain({ criteria, query: 'dashboard', limit: 1 })).toEqual(explained.slice(0, 1));
  expect(app.explain({ criteria, seqs: [] })).toEqual([]);
  expect(app.explain({ criteria: {} }).map(({ droppedBy, matchesQuery }) => [droppedBy, matchesQuery])).toEqual([
    [[], true],
    [[], true],
    [[], true],
  ]);
});

it('judges a minimum score by the stored scores, or as if the criteria were in force', async () => {
  using app = setUp();
  app.add([aPosting(1)], { skills: ['Rust'] });
  const criteria = { skills: ['React'], minimumMatchScore: 60 };
  expect(app.explain({ criteria })[0]?.droppedBy).toEqual(['minimumMatchScore']);
  expect(app.explain({ criteria, scores: 'fresh' })[0]?.droppedBy).toEqual([]);
  expect(app.jobs.countMatching(criteria).count).toBe(1);
  await app.scoring.rescore(criteria);
  expect(app.explain({ criteria })[0]?.droppedBy).toEqual([]);
});

it('counts for changed criteria exactly what lists show once they are in force', async () => {
  using app = setUp();
  const postings = fc
    .sample(anyPosting(app.clock.now()), { numRuns: 40, seed: 3 })
    .map((fields, number) => ({ ...fields, externalId: String(number + 1) }));
  app.add(postings);
  await fc.assert(
    fc.asyncProperty(anyCriteria, async (criteria) => {
      fc.pre(app.jobs.checkCriteria(criteria).length === 0);
      const promised = app.jobs.countMatching(criteria).count;
      await app.scoring.rescore(criteria);
      expect(app.jobs.count({ filter: { criteria } }).count).toBe(promised);
    }),
    { numRuns: 40 },
  );
});

it('says how far back it looks: to the oldest posting whose content is kept', async () => {
  using app = setUp();
  expect(app.jobs.countMatching({})).toEqual({ count: 0, since: new Date('2026-09-30T12:00:00.000Z') });
  app.add([aPosting(1, { postedAt: new Date('2026-09-01T00:00:00Z') })]);
  await app.clock.advance(43_200_000);
  app.add([aPosting(2)], { keywords: ['absent'] });
  expect(app.jobs.countMatching({})).toEqual({ count: 2, since: new Date('2026-09-01T00:00:00Z') });
  await app.clock.advance(43_200_000);
  app.jobs.purgeExpired();
  expect(app.jobs.countMatching({})).toEqual({ count: 1, since: aPosting(2).postedAt });
});
