import { expect, it } from 'vitest';
import { criteriaHash } from '../../../../src/services/scanner/baselines.ts';
import { searchExpression } from '../../../../src/services/scanner/expression.ts';
import { countSearches, planSearches } from '../../../../src/services/scanner/plan.ts';

const nowhere = { categoryIds: [], subcategoryIds: [] };

it('asks once where nothing is asked for', () => {
  expect(planSearches({}, nowhere)).toEqual([{}]);
  expect(planSearches({ jobTypes: [], experienceLevels: [] }, nowhere)).toEqual([{}]);
});

it('asks for one job type and one level at a time', () => {
  const criteria = { jobTypes: ['FIXED_PRICE' as const], experienceLevels: ['ENTRY' as const, 'EXPERT' as const] };
  expect(planSearches(criteria, nowhere)).toEqual([
    { jobType: 'FIXED', experienceLevel: 'ENTRY_LEVEL' },
    { jobType: 'FIXED', experienceLevel: 'EXPERT' },
  ]);
  expect(countSearches(criteria)).toBe(2);
});

it('names no job type or level where all are wanted: postings without one are found too, with fewer requests', () => {
  const criteria = {
    jobTypes: ['HOURLY' as const, 'FIXED_PRICE' as const],
    experienceLevels: ['ENTRY' as const, 'INTERMEDIATE' as const, 'EXPERT' as const],
  };
  expect(planSearches(criteria, nowhere)).toEqual([{}]);
  expect(countSearches(criteria)).toBe(1);
});

it('sends ids of categories and never what Upwork ignores or answers with nothing', () => {
  const criteria = {
    categories: ['Web Development'],
    hourlyRate: { min: '30' },
    fixedBudget: { min: '500' },
    workloads: ['AS_NEEDED' as const],
    excludedKeywords: ['wordpress'],
    clientPaymentVerified: true,
  };
  expect(planSearches(criteria, { categoryIds: [], subcategoryIds: ['53177'] })).toEqual([
    { subcategoryIds: ['53177'], verifiedPaymentOnly: true },
  ]);
});

it.each([
  [[], [], undefined],
  [['react'], [], 'react'],
  [['react native', 'vue'], [], '(react AND native) OR vue'],
  [['"machine learning"'], [], '"machine learning"'],
  [['C++', 'NOT', 'ui/ux'], [], '"C++" OR "NOT" OR (ui AND ux)'],
  [['react'], ['TypeScript', 'Node.js'], '(react) AND (TypeScript OR "Node.js")'],
  [[], ['React Native'], '"React Native"'],
  [['say "hi" \\ there'], [], 'say AND hi AND there'],
  [['--', 'react'], [], undefined],
  [['ёлка', '日本'], [], 'ёлка OR 日本'],
])('asks for the keywords %j and skills %j with the expression %j', (keywords, skills, expression) => {
  expect(searchExpression(keywords, skills)).toBe(expression);
});

it('knows criteria again whatever their order, and others apart', () => {
  const hash = criteriaHash({ keywords: ['a', 'b'], hourlyRate: { min: '1', max: '2' } });
  expect(criteriaHash({ skills: [], hourlyRate: { max: '2', min: '1' }, keywords: ['b', 'a'] })).toBe(hash);
  expect(criteriaHash({ keywords: ['a', 'b'], hourlyRate: { min: '1', max: '3' } })).not.toBe(hash);
  expect(criteriaHash({ excludedKeywords: ['a', 'b'], hourlyRate: { min: '1', max: '2' } })).not.toBe(hash);
});
