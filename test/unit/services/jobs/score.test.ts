import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JobCriteria, Posting } from '../../../../src/services/jobs/model.ts';
import { createScore } from '../../../../src/services/jobs/score/score.ts';
import type { ScoredFacts } from '../../../../src/services/jobs/score/score-factors.ts';
import { aPosting } from '../../../support/posting.ts';
import { criteria as anyCriteria, posting as anyPosting } from './arbitrary.ts';
import { setUp } from './set-up.ts';

const now = new Date('2026-10-01T12:00:00.000Z');
const nothingKnown: ScoredFacts = {
  words: '  |  |  ',
  hasSkills: false,
  type: null,
  hourly_min: null,
  hourly_max: null,
  fixed_budget: null,
  currency: null,
  client_country: null,
  client_verified: null,
  client_rating: null,
  client_spent: null,
  client_spent_currency: null,
  client_hires: null,
  proposals: null,
  posted_at: now.getTime(),
};
const ideal: ScoredFacts = {
  words: ' rust app | rust =rust | ',
  hasSkills: true,
  type: 'HOURLY',
  hourly_min: 500_000,
  hourly_max: 600_000,
  fixed_budget: null,
  currency: 'USD',
  client_country: 'US',
  client_verified: 1,
  client_rating: 50_000,
  client_spent: 100_000_000,
  client_spent_currency: 'USD',
  client_hires: 10,
  proposals: 0,
  posted_at: now.getTime(),
};
const wishes: JobCriteria = { skills: ['Rust'], hourlyRate: { min: '50' } };
const pointsOf = (facts: ScoredFacts, criteria = wishes) =>
  createScore()(criteria)(facts, now).factors.map(({ points }) => points);

it('weighs skills 30, budget 20, client 25, competition 15 and timing 10, unless told', () => {
  expect(createScore()(wishes)(ideal, now)).toEqual({
    value: 100,
    computedAt: now,
    factors: [
      { name: 'skills', points: 30, explanation: 'It asks for 1 of your 1 skills and keywords: Rust.' },
      { name: 'budget', points: 20, explanation: 'The hourly rate meets yours.' },
      { name: 'client', points: 25, explanation: 'payment verified 100 %, rating 100 %, spending 100 %, hires 100 %.' },
      { name: 'competition', points: 15, explanation: '0 proposals so far.' },
      { name: 'timing', points: 10, explanation: 'Posted 0 minutes before.' },
    ],
  });
  const weights = { skills: 1, budget: 1, client: 1, competition: 0, timing: 0 };
  const score = createScore(weights)(wishes)(ideal, now);
  expect(score.factors.map(({ points }) => points)).toEqual([34, 33, 33, 0, 0]);
  expect(score.value).toBe(100);
});

it('counts half for what is not known or not asked for, and says so', () => {
  expect(createScore()(wishes)(nothingKnown, now).factors).toEqual([
    { name: 'skills', points: 15, explanation: 'It lists no skills, and its text names none of yours. Counts half.' },
    { name: 'budget', points: 10, explanation: 'Upwork does not say whether it is paid by the hour. Counts half.' },
    { name: 'client', points: 13, explanation: 'Upwork says nothing of the client. Counts half.' },
    { name: 'competition', points: 8, explanation: 'Upwork does not say how many proposals there are. Counts half.' },
    { name: 'timing', points: 10, explanation: 'Posted 0 minutes before.' },
  ]);
  expect(createScore()({})(ideal, now).factors.slice(0, 2)).toEqual([
    { name: 'skills', points: 15, explanation: 'You name no skills or keywords. Counts half.' },
    { name: 'budget', points: 10, explanation: 'You ask for no hourly rate. Counts half.' },
  ]);
  const partly = createScore()(wishes)({ ...ideal, client_rating: 0, client_spent: null }, now);
  expect(partly.factors[2]?.explanation).toBe('payment verified 100 %, hires 100 %; not known: rating, spending.');
});

it.each<[string, Partial<ScoredFacts>, JobCriteria, number[]]>([
  ['too low a rate', { hourly_max: 250_000, hourly_min: null }, wishes, [30, 10, 25, 15, 10]],
  [
    'too high a rate',
    { hourly_min: 1_000_000, hourly_max: 1_000_000 },
    { ...wishes, hourlyRate: { max: '50' } },
    [30, 10, 25, 15, 10],
  ],
  ['another currency', { currency: 'EUR' }, wishes, [30, 10, 25, 15, 10]],
  [
    'a fixed price',
    { type: 'FIXED_PRICE', fixed_budget: 5_000_000 },
    { ...wishes, fixedBudget: { min: '1000' } },
    [30, 10, 25, 15, 10],
  ],
  ['one of three wishes', {}, { ...wishes, skills: ['Rust', 'Go', 'C++'] }, [10, 20, 25, 15, 10]],
  [
    'three of five wishes',
    { words: ' rust c++ go | =x | ' },
    { ...wishes, skills: ['Rust', 'Go', 'C++', 'Ada', 'Zig'] },
    [30, 20, 25, 15, 10],
  ],
  ['none of the wishes', { words: ' trust | trust =trust | ' }, wishes, [0, 20, 25, 15, 10]],
  ['an unwanted country', {}, { ...wishes, excludedClientCountries: ['US'] }, [30, 20, 20, 15, 10]],
  ['a wanted country', {}, { ...wishes, clientCountries: ['us'] }, [30, 20, 25, 15, 10]],
  ['another history', {}, { ...wishes, clientHistory: ['NO_HIRES'] }, [30, 20, 19, 15, 10]],
  ['spending in another currency', { client_spent: 0, client_spent_currency: 'EUR' }, wishes, [30, 20, 25, 15, 10]],
  ['little spending', { client_spent: 0 }, wishes, [30, 20, 19, 15, 10]],
  ['many proposals', { proposals: 50 }, wishes, [30, 20, 25, 0, 10]],
  ['as many as accepted', { proposals: 3 }, { ...wishes, maximumProposals: 3 }, [30, 20, 25, 4, 10]],
  ['half a day of age', { posted_at: now.getTime() - 43_200_000 }, wishes, [30, 20, 25, 15, 5]],
  [
    'more age than accepted',
    { posted_at: now.getTime() - 7_200_000 },
    { ...wishes, maximumAgeMs: 3_600_000 },
    [30, 20, 25, 15, 0],
  ],
  ['a time to come', { posted_at: now.getTime() + 1_000 }, wishes, [30, 20, 25, 15, 10]],
])('scores %s', (_name, facts, criteria, points) => {
  expect(pointsOf({ ...ideal, ...facts }, criteria)).toEqual(points);
});

it('adds up exactly, stays within 0 and 100, and is the same for the same job, criteria and instant', () => {
  using app = setUp();
  const weight = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.double({ min: 0, max: 1e6, noNaN: true }));
  const weights = fc.record({ skills: weight, budget: weight, client: weight, competition: weight, timing: weight });
  let current = { skills: 0, budget: 0, client: 0, competition: 0, timing: 0 };
  using weighted = setUp({ scoreWeights: () => current });
  let number = 0;
  fc.assert(
    fc.property(anyPosting(now), anyCriteria, weights, (fields, criteria, someWeights) => {
      number += 1;
      current = someWeights;
      const posting: Posting = { ...fields, externalId: `${number}` };
      for (const { add } of [app, weighted]) {
        const [first] = add([posting], criteria);
        const score = first?.score;
        expect(score?.factors.map(({ name }) => name)).toEqual(['skills', 'budget', 'client', 'competition', 'timing']);
        expect(score?.value).toBe(score?.factors.reduce((sum, { points }) => sum + points, 0));
        expect(score?.value).toBeGreaterThanOrEqual(0);
        expect(score?.value).toBeLessThanOrEqual(100);
        for (const { points } of score?.factors ?? [])
          expect([Number.isInteger(points), points >= 0]).toEqual([true, true]);
        const [again] = add([{ ...posting, externalId: `${1_000_000 + number}` }], criteria);
        expect(again?.score).toEqual(score);
      }
    }),
    { numRuns: 100 },
  );
});

it('never scores a job lower for more of what is wished', () => {
  const score = (facts: Partial<ScoredFacts>, criteria: JobCriteria) =>
    createScore()(criteria)({ ...ideal, ...facts }, now).value;
  const rising = (name: keyof ScoredFacts, most: number) =>
    fc.tuple(fc.constant(name), fc.array(fc.integer({ min: 0, max: most }), { minLength: 2, maxLength: 2 }));
  const facts = fc.oneof(
    rising('client_rating', 50_000),
    rising('client_spent', 2e8),
    rising('client_hires', 20),
    rising('posted_at', now.getTime()),
    rising('client_verified', 1),
  );
  fc.assert(
    fc.property(facts, anyCriteria, ([name, values], { clientHistory: _any, ...criteria }) => {
      const [low = 0, high = 0] = [...values].sort((a, b) => a - b);
      fc.pre(name !== 'client_rating' || low > 0);
      expect(score({ [name]: high }, criteria)).toBeGreaterThanOrEqual(score({ [name]: low }, criteria));
    }),
    { numRuns: 300 },
  );
});

it('scores at intake by the criteria in force, again when something it depends on changed, and not otherwise', async () => {
  using app = setUp();
  app.add([aPosting(1)]);
  expect(app.jobs.bySeq(1)).not.toHaveProperty('score');
  app.add([aPosting(1)], wishes);
  const first = app.jobs.bySeq(1)?.score;
  expect(first?.factors[0]?.points).toBe(0);
  await app.clock.advance(3_600_000);
  app.add([aPosting(1)], wishes);
  expect(app.jobs.bySeq(1)?.score).toEqual(first);
  app.add([aPosting(1, { proposals: 0 })], wishes);
  expect(app.jobs.bySeq(1)?.score?.factors[3]).toMatchObject({ points: 15 });
  expect(app.jobs.bySeq(1)?.score?.computedAt).toEqual(app.clock.now());
});

it('scores all jobs whose content is kept anew when asked', async () => {
  using app = setUp();
  app.add([aPosting(1)], wishes);
  await app.clock.advance(86_400_000);
  app.jobs.purgeExpired();
  app.add(
    Array.from({ length: 501 }, (_, index) => aPosting(index + 2)),
    wishes,
  );
  const [earlier, later] = await Promise.all([
    app.scoring.rescore({ skills: ['Rust'] }),
    app.scoring.rescore({ skills: ['React'] }),
  ]);
  expect([earlier, later]).toEqual([500, 501]);
  expect(app.db.sql.prepare('SELECT count(*), count(score) FROM jobs').raw().get()).toEqual([502, 501]);
  expect(app.jobs.bySeq(502)?.score?.factors[0]).toMatchObject({ points: 30 });
});
