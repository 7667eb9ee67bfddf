import { expect, it } from 'vitest';
import { criteriaHash, termsHash } from '../../../../src/services/scanner/baselines.ts';
import { searchExpression } from '../../../../src/services/scanner/plan/expression.ts';
import { countSearches, planSearches } from '../../../../src/services/scanner/plan/plan.ts';

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

it.each([
  ['chart dashboard', '(chart) AND (dashboard)'],
  ['"web shop" vue', '("web shop") AND (vue)'],
  ['vue OR "react native" shop', '(vue OR "react native") AND (shop)'],
  ['-wordpress -"no agencies"', undefined],
  ['dash* -wordpress chart', 'chart'],
  ['dash* OR chart vue', 'vue'],
  ['OR vue OR', 'vue'],
  ['c++ NOT node.js', '("c++") AND ("NOT") AND ("node.js")'],
  ['"unclosed quote', '"unclosed quote"'],
  ['... - "" *', undefined],
])('asks for the text %j with what of it every match holds: %j', (query, expression) => {
  expect(searchExpression([], [], query)).toBe(expression);
});

it('asks for keywords, skills and text of a saved search together', () => {
  expect(planSearches({ keywords: ['a', 'b'], skills: ['Go'], query: 'shop -x' }, nowhere)).toEqual([
    { expression: '(a OR b) AND (Go) AND (shop)' },
  ]);
});

it('counts the searches of several terms, those that are the same once', () => {
  expect(countSearches({}, { query: '-wordpress' }, { hourlyRate: { min: '80' } })).toBe(1);
  expect(countSearches({ jobTypes: ['HOURLY'] }, {}, { jobTypes: ['HOURLY'], query: 'shop' })).toBe(3);
  expect(countSearches({ categories: ['A'] }, { categories: ['B'] }, { categories: ['A'] })).toBe(2);
});

it('knows several terms again whatever their order', () => {
  const hash = termsHash([{ keywords: ['a'] }, { query: 'b' }]);
  expect(termsHash([{ query: 'b' }, { keywords: ['a'], skills: [] }])).toBe(hash);
  expect(termsHash([{ query: 'a' }, { keywords: ['b'] }])).not.toBe(hash);
  expect(termsHash([{ keywords: ['a'] }])).not.toBe(hash);
  expect(termsHash([])).toBeUndefined();
});

it('knows criteria again whatever their order, and others apart', () => {
  const hash = criteriaHash({ keywords: ['a', 'b'], hourlyRate: { min: '1', max: '2' } });
  expect(criteriaHash({ skills: [], hourlyRate: { max: '2', min: '1' }, keywords: ['b', 'a'] })).toBe(hash);
  expect(criteriaHash({ keywords: ['a', 'b'], hourlyRate: { min: '1', max: '3' } })).not.toBe(hash);
  expect(criteriaHash({ excludedKeywords: ['a', 'b'], hourlyRate: { min: '1', max: '2' } })).not.toBe(hash);
});

it('10.12 a keyword with two quoted phrases asks for both', () => {
  const expression = (keyword: string) => planSearches({ keywords: [keyword] }, nowhere)[0]?.expression;
  expect(expression('"react native" "node js"')).toBe('"react native" AND "node js"');
  expect(expression('"react native" expo')).toBe('"react native" AND expo');
  expect(expression('"react native"')).toBe('"react native"');
});
