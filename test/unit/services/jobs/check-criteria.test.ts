import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestOf } from '../../../../src/services/categories/nearest.ts';
import { checkCriteria } from '../../../../src/services/jobs/criteria/check-criteria.ts';
import type { JobCriteria } from '../../../../src/services/jobs/model.ts';
import { aPosting } from '../../../support/posting.ts';
import { criteria as anyCriteria } from './arbitrary.ts';
import { setUp } from './set-up.ts';

const problems = (criteria: object) =>
  checkCriteria(criteria as JobCriteria, nearestOf).map(({ path, message }) => `${path?.join('.')}: ${message}`);

it('finds nothing wrong with criteria that can be used', () => {
  expect(
    problems({
      keywords: ['react', '"node js"', '日本'],
      excludedKeywords: ['react native'],
      skills: ['C++'],
      categories: ['Web Development'],
      jobTypes: ['HOURLY'],
      hourlyRate: { min: '0', max: '0' },
      fixedBudget: { min: '10.5' },
      clientSpend: { max: '1000', currency: 'eur' },
      clientCountries: ['US', 'gb'],
      excludedClientCountries: ['XK'],
      clientMinimumRating: '5',
      maximumProposals: 0,
      maximumAgeMs: 60_000,
      minimumMatchScore: 100,
      requireKnown: ['maximumAge', 'hourlyRate'],
    }),
  ).toEqual([]);
  expect(problems({})).toEqual([]);
});

it.each<[object, string[]]>([
  [{ keywords: ['ok', '!!!'] }, ['keywords.1: `keywords` cannot hold "!!!". It needs a letter or digit to look for.']],
  [{ skills: [''] }, ['skills.0: `skills` cannot hold "". It needs a letter or digit to look for.']],
  [{ jobTypes: ['HOURLYY'] }, ['jobTypes.0: `jobTypes` cannot hold "HOURLYY". Did you mean HOURLY?']],
  [
    { requireKnown: ['hourlyrates', 'zzz'] },
    [
      'requireKnown.0: `requireKnown` cannot hold "hourlyrates". Did you mean hourlyRate?',
      expect.stringMatching(/^requireKnown.1: .* Known are keywords, excludedKeywords, /),
    ] as string[],
  ],
  [
    { clientCountries: ['Germany', 'GBR', 'QQ'] },
    [
      'clientCountries.0: `clientCountries` cannot hold "Germany". Countries are given by their two-letter code (ISO 3166-1): write DE.',
      'clientCountries.1: `clientCountries` cannot hold "GBR". Countries are given by their two-letter code (ISO 3166-1): write GB.',
      'clientCountries.2: `clientCountries` cannot hold "QQ". Countries are given by their two-letter code (ISO 3166-1), such as US.',
    ],
  ],
  [
    { hourlyRate: { min: '50', max: '49.9999' } },
    ['hourlyRate: `hourlyRate` is empty: its minimum 50 is above its maximum 49.9999. Swap them, or leave one out.'],
  ],
  [
    { fixedBudget: { min: '1,000', max: '-1' }, clientSpend: { min: '1', currency: 'Dollars' } },
    [
      'fixedBudget.min: `fixedBudget.min` is no amount. Write a number from 0 on such as 1250.50, without separators or a currency sign.',
      'fixedBudget.max: `fixedBudget.max` is no amount. Write a number from 0 on such as 1250.50, without separators or a currency sign.',
      'clientSpend.currency: `clientSpend.currency` is no currency. Write its three-letter code (ISO 4217), such as USD.',
    ],
  ],
  [
    { clientMinimumRating: '5.1' },
    ['clientMinimumRating: `clientMinimumRating` is no rating. Write a number from 0 to 5, such as 4.5.'],
  ],
  [
    { maximumProposals: -1, maximumAgeMs: 0, minimumMatchScore: 101 },
    [
      'maximumProposals: `maximumProposals` is out of range. It can be 0 to 1000000.',
      'maximumAge: `maximumAge` is out of range. It can be longer than nothing and at most ten years.',
      'minimumMatchScore: `minimumMatchScore` is out of range. It can be 0 to 100.',
    ],
  ],
  [
    { keywords: Array(101).fill('a') },
    ['keywords: `keywords` has 101 entries, at most 100 are allowed. Leave some out, or use several searches.'],
  ],
  [
    { categories: ['a'.repeat(201)] },
    ['categories.0: An entry of `categories` has 201 characters, at most 200 are allowed. Shorten it.'],
  ],
  [
    { keywords: ['vue', 'React Native'], excludedKeywords: ['réact'] },
    [
      'keywords.1: `keywords` asks for "React Native" and `excludedKeywords` drops every job with "réact": nothing can match both. Remove one of them.',
    ],
  ],
  [
    { skills: ['Node.js'], excludedKeywords: ['"node js"'] },
    [
      'skills.0: `skills` asks for "Node.js" and `excludedKeywords` drops every job with ""node js"": nothing can match both. Remove one of them.',
    ],
  ],
  [
    { clientCountries: ['us'], excludedClientCountries: ['US'] },
    [
      'clientCountries.0: US is both in `clientCountries` and in `excludedClientCountries`. Remove it from one of them.',
    ],
  ],
])('says of %j what is wrong and what to do', (criteria, expected) => {
  expect(problems(criteria)).toEqual(expected);
});

it('gives failures as data that names place, rule and value', () => {
  expect(checkCriteria({ minimumMatchScore: 101 })).toEqual([
    {
      type: 'ValidationError',
      code: 'VALIDATION',
      path: ['minimumMatchScore'],
      constraint: 'range',
      message: '`minimumMatchScore` is out of range. It can be 0 to 100.',
      expected: '0 to 100',
      received: '101',
    },
  ]);
});

it('calls a wish contradictory only where no job can fulfil it', () => {
  using app = setUp();
  const wish = fc.constantFrom('react', 'React Native', '"native react"', 'c++', 'c', 'node.js', '"node js" react');
  let number = 0;
  fc.assert(
    fc.property(wish, wish, (keyword, excluded) => {
      const contradicts = app.jobs.checkCriteria({ keywords: [keyword], excludedKeywords: [excluded] }).length > 0;
      // The posting that fulfils the keyword with as few words as possible.
      number += 1;
      const title = keyword.replaceAll('"', '');
      const [job] = app.add([aPosting(number, { title, description: '', skills: [] })]);
      const droppedBy = app.explain({
        criteria: { keywords: [keyword], excludedKeywords: [excluded] },
        seqs: [job?.seq ?? 0],
      })[0]?.droppedBy;
      if (contradicts) expect(droppedBy).toEqual(['excludedKeywords']);
      else if (!excluded.includes(' ')) expect(droppedBy).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

it('never fails over criteria, whatever stands in them', () => {
  const junk = fc.record(
    {
      keywords: fc.array(fc.string({ unit: 'binary' })),
      clientCountries: fc.array(fc.string()),
      hourlyRate: fc.record({ min: fc.string(), currency: fc.string() }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(anyCriteria, junk, (criteria, more) => Array.isArray(checkCriteria({ ...criteria, ...more }))),
    { numRuns: 200 },
  );
});
