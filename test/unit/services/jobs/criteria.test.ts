import fc from 'fast-check';
import { expect, it } from 'vitest';
import { criterionNames, type JobCriteria, type Posting } from '../../../../src/services/jobs/model.ts';
import { aPosting } from '../../../support/posting.ts';
import { criteria as anyCriteria, posting as anyPosting } from './arbitrary.ts';
import { droppedByOracle } from './oracle.ts';
import { setUp } from './set-up.ts';

it('judges every stored job as the criteria say in plain words, criterion by criterion', () => {
  using app = setUp();
  const now = app.clock.now();
  const postings = fc
    .sample(anyPosting(now), { numRuns: 150, seed: 7 })
    .map((fields, number) => ({ ...fields, externalId: String(number + 1) }));
  const stored = app.add(postings, { skills: ['React'], keywords: ['node'] });
  const scoreOf = new Map(stored.map((job) => [job.id, job.score?.value]));
  fc.assert(
    fc.property(anyCriteria, (criteria) => {
      const explained = new Map(app.explain({ criteria }).map((job) => [job.jobId, job.droppedBy]));
      for (const [index, posting] of postings.entries()) {
        const id = stored[index]?.id ?? '';
        expect(explained.get(id), describe(posting, criteria)).toEqual(
          droppedByOracle(posting, criteria, now, scoreOf.get(id)),
        );
      }
    }),
    { numRuns: 100 },
  );
});

it('gives lists, counts, live feeds and intake one answer', () => {
  using app = setUp();
  const now = app.clock.now();
  const postings = fc
    .sample(anyPosting(now), { numRuns: 40, seed: 11 })
    .map((fields, number) => ({ ...fields, externalId: String(number + 1) }));
  const stored = app.add(postings);
  using unmatched = setUp();
  unmatched.add(postings, { keywords: ['absent'] });
  fc.assert(
    fc.property(anyCriteria, ({ minimumMatchScore: _score, ...criteria }) => {
      fc.pre(app.jobs.checkCriteria(criteria).length === 0);
      const matching = stored.filter((_job, index) => {
        const posting = postings[index] as Posting;
        return droppedByOracle(posting, criteria, now).length === 0;
      });
      const ids = matching.map(({ id }) => id).sort();
      const filter = { criteria };
      const outcomes = unmatched.intake.rehearse(postings, criteria).outcomes.map(({ outcome }) => outcome);
      expect(outcomes).toEqual(stored.map(({ id }) => (ids.includes(id) ? 'new' : 'filtered')));
      const listed = app.jobs.list({ filter, first: 100 }).edges.map(({ node }) => node.id);
      expect(listed.sort()).toEqual(ids);
      expect(app.jobs.count({ filter })).toEqual({ count: ids.length, exact: true });
      expect(app.jobs.countMatching(criteria).count).toBe(ids.length);
      expect(
        stored
          .filter(({ id }) => app.jobs.passes(id, filter))
          .map(({ id }) => id)
          .sort(),
      ).toEqual(ids);
      expect(stored.filter(({ id }) => app.jobs.passes(id, { not: filter })).length).toBe(stored.length - ids.length);
    }),
    { numRuns: 40 },
  );
});

it.each([
  ['react', 'React Native app', true],
  ['REACT', 'a réact thing', true],
  ['react', 'Reactive systems', false],
  ['native react', 'React Native app', true],
  ['"native react"', 'React Native app', false],
  ['"react native"', 'React-Native app', true],
  ['"react native" app', 'An app in React Native', true],
  ['c', 'C++ and C# wanted', false],
  ['c++', 'C++/Qt', true],
  ['C#', '(c#)', true],
  ['node.js', 'NODE JS', true],
  ['"node.js"', 'Node and JS', false],
  ['サイト', '日本語サイト制作', true],
  ['strasse', 'Straße', true],
  ['"OR" NEAR(', 'this or that, near (it)', true],
])('finds the keyword %s in "%s": %s', (keyword, title, isFound) => {
  using app = setUp();
  app.add([aPosting(1, { title, description: '', skills: [] })]);
  expect(app.jobs.countMatching({ keywords: [keyword] }).count).toBe(isFound ? 1 : 0);
  expect(app.jobs.countMatching({ excludedKeywords: [keyword] }).count).toBe(isFound ? 0 : 1);
});

it('looks for keywords in title, description and skills, and for no phrase across two of them', () => {
  using app = setUp();
  app.add([aPosting(1, { title: 'alpha', description: 'beta gamma', skills: ['delta one', 'two epsilon'] })]);
  const count = (keyword: string) => app.jobs.countMatching({ keywords: [keyword] }).count;
  expect(['alpha', 'beta', 'epsilon', 'alpha gamma delta'].map(count)).toEqual([1, 1, 1, 1]);
  expect(['"alpha beta"', '"one two"', '"alpha delta"', 'alpha zeta'].map(count)).toEqual([0, 0, 0, 0]);
});

it('takes a skill only whole', () => {
  using app = setUp();
  app.add([aPosting(1, { skills: ['Node.js', 'React Native'] })]);
  const count = (skill: string) => app.jobs.countMatching({ skills: [skill] }).count;
  expect(['node js', 'NODE.JS', 'react native'].map(count)).toEqual([1, 1, 1]);
  expect(['react', 'node', 'native'].map(count)).toEqual([0, 0, 0]);
});

it('knows categories by every name the category tree gives them', () => {
  const names: string[][] = [];
  using app = setUp({
    categoryNames: (asked) => {
      names.push([...asked]);
      return ['Web Development', 'web_development'];
    },
  });
  app.add([
    aPosting(1),
    aPosting(2, { subcategoryId: 'web_development', subcategoryLabel: 'x' }),
    aPosting(3, { subcategoryId: 'y', subcategoryLabel: 'Z' }),
  ]);
  expect(app.jobs.countMatching({ categories: ['531770282584862733'] }).count).toBe(2);
  expect(names).toEqual([['531770282584862733']]);
});

it('gives every criterion a condition of its own', () => {
  using app = setUp();
  const money = { amount: '1', currency: 'USD' };
  const job = aPosting(1, {
    hourlyRate: { min: money, max: money },
    client: { country: 'CA', paymentVerified: false, rating: '1', totalSpent: money, hires: 1 },
  });
  app.add([job, aPosting(2, { type: 'FIXED_PRICE', fixedBudget: money, hourlyRate: {} })], {});
  app.db.sql.exec('UPDATE jobs SET score = 5');
  const nothing: JobCriteria = {
    keywords: ['absent'],
    excludedKeywords: ['react'],
    skills: ['Cobol'],
    categories: ['Law'],
    jobTypes: ['FIXED_PRICE'],
    experienceLevels: ['EXPERT'],
    workloads: ['AS_NEEDED'],
    durations: ['MORE_THAN_6_MONTHS'],
    hourlyRate: { min: '2' },
    fixedBudget: { min: '2' },
    clientCountries: ['US'],
    excludedClientCountries: ['CA'],
    clientHistory: ['NO_HIRES'],
    clientPaymentVerified: true,
    clientMinimumRating: '2',
    clientSpend: { min: '2' },
    maximumProposals: 1,
    maximumAgeMs: 1,
    minimumMatchScore: 6,
  };
  const hourly = criterionNames.filter((name) => name !== 'fixedBudget');
  const [first, second] = app.explain({ criteria: nothing }).sort((a, b) => a.seq - b.seq);
  expect(first?.droppedBy).toEqual(hourly);
  expect(second?.droppedBy).toContain('fixedBudget');
  expect(second?.droppedBy).not.toContain('hourlyRate');
});

function describe(posting: Posting, criteria: JobCriteria): string {
  return JSON.stringify({ posting, criteria });
}
