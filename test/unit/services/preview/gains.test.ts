import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JobCriteria, Posting } from '../../../../src/services/jobs/model.ts';
import { criteria as anyCriteria, posting as anyPosting } from '../jobs/arbitrary.ts';
import { droppedByOracle } from '../jobs/oracle.ts';
import { patched, setUpPreview } from './set-up.ts';

/** Few criteria at once, so that some job is kept out by one of them alone. */
const fewCriteria = anyCriteria.chain((whole) =>
  fc.subarray(Object.entries(whole), { maxLength: 4 }).map((entries): JobCriteria => Object.fromEntries(entries)),
);

it('promises of every suggestion exactly what applying its patch gives, counted by brute force', () => {
  using app = setUpPreview();
  const now = app.clock.now();
  const postings: Posting[] = fc
    .sample(anyPosting(now), { numRuns: 60, seed: 5 })
    .map((fields, number) => ({ ...fields, externalId: String(number + 1) }));
  app.add(postings);
  const since = new Date(0);
  let promises = 0;
  fc.assert(
    fc.property(fewCriteria, fc.option(fc.constantFrom('React', 'API -node'), { nil: undefined }), (criteria, text) => {
      fc.pre(app.jobs.checkCriteria(criteria).length === 0);
      const query = text === undefined ? {} : { query: text };
      const before = app.preview({ criteria, ...query, since });
      for (const { patch, estimatedGain } of before.suggestions) {
        if (patch === undefined) continue;
        promises += 1;
        const after = patched(criteria, patch);
        const gained = app.preview({ criteria: after, ...query, since });
        expect(gained.matches - before.matches).toBe(estimatedGain);
        if (criteria.minimumMatchScore !== undefined || text !== undefined) continue;
        const count = (asked: typeof criteria) =>
          postings.filter((posting) => droppedByOracle(posting, asked, now).length === 0).length;
        expect(count(after) - count(criteria)).toBe(estimatedGain);
      }
    }),
    { numRuns: 120 },
  );
  expect(promises).toBeGreaterThan(40);
});

it('lets a job pass once everything that whyNot suggests together has been applied', () => {
  using app = setUpPreview();
  const jobs = app.add(
    fc
      .sample(anyPosting(app.clock.now()), { numRuns: 30, seed: 7 })
      .map((fields, number) => ({ ...fields, externalId: String(number + 1) })),
  );
  let admitted = 0;
  fc.assert(
    fc.property(anyCriteria, fc.constantFrom(...jobs), (criteria, job) => {
      fc.pre(app.jobs.checkCriteria(criteria).length === 0);
      app.prefer(criteria);
      const { verdict, suggestions, funnel } = app.whyNot(job.id);
      const failing = funnel.filter(({ output }) => output === 0);
      expect(verdict).toBe(failing.length > 0 ? 'ALL_FILTERED' : 'HEALTHY');
      const [whole] = suggestions;
      if (!whole || (failing.length > 1 && !whole.message.startsWith('With all'))) return;
      admitted += 1;
      const after = patched(criteria, whole.patch);
      app.prefer(after);
      expect(app.whyNot(job.id).verdict).toBe('HEALTHY');
      const count = (asked: typeof criteria) => app.jobs.countMatching(asked).count;
      expect(count(after) - count(criteria)).toBe(whole.estimatedGain);
    }),
    { numRuns: 60 },
  );
  expect(admitted).toBeGreaterThan(20);
});
