import { expect, it } from 'vitest';
import type { JobFacetName, JobFilter, Posting } from '../../../../src/services/jobs/model.ts';
import { aPosting } from '../../../support/posting.ts';
import { setUp } from './set-up.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const postings: readonly Posting[] = [
  aPosting(1, { postedAt: new Date('2026-10-01T08:00:00Z') }),
  aPosting(2, {
    postedAt: new Date('2026-10-01T09:00:00Z'),
    state: 'CLOSED',
    type: 'FIXED_PRICE',
    hourlyRate: {},
    fixedBudget: usd('750'),
  }),
  aPosting(3, { postedAt: new Date('2026-10-01T10:00:00Z'), skills: ['vue', 'React'], client: { country: 'DE' } }),
];

function filtered() {
  const app = setUp({
    savedSearch: (id) => (id === 'search_1' ? { query: 'dashboard -vue', criteria: { skills: ['React'] } } : undefined),
  });
  const jobs = app.add(postings);
  const ids = jobs.map(({ id }) => id);
  app.jobs.update({ jobId: ids[0] ?? '', triage: 'SHORTLISTED', tags: ['a', 'b'] });
  app.db.sql.exec('UPDATE jobs SET score = seq * 10 WHERE seq < 3');
  const seqs = (filter: JobFilter) =>
    app.jobs
      .list({ filter })
      .edges.map(({ node }) => node.seq)
      .sort();
  const passing = (filter: JobFilter) => jobs.filter(({ id }) => app.jobs.passes(id, filter)).map(({ seq }) => seq);
  return { ...app, ids, seqs, passing };
}

it.each<[string, (ids: string[]) => JobFilter, number[]]>([
  ['nothing', () => ({}), [1, 2, 3]],
  ['ids', (ids) => ({ ids: [ids[0] ?? '', ids[2] ?? '', 'job_unknown'] }), [1, 3]],
  ['no ids', () => ({ ids: [] }), []],
  ['platforms', () => ({ platforms: ['UPWORK'] }), [1, 2, 3]],
  ['another platform', () => ({ platforms: ['OTHER'] }), []],
  ['criteria', () => ({ criteria: { jobTypes: ['HOURLY'], keywords: ['dashboard'] } }), [1, 3]],
  ['empty criteria', () => ({ criteria: { keywords: [] } }), [1, 2, 3]],
  ['a saved search', () => ({ savedSearchId: 'search_1' }), [1, 2]],
  ['states', () => ({ states: ['CLOSED', 'FILLED'] }), [2]],
  ['triage', () => ({ triage: ['SHORTLISTED'] }), [1]],
  ['tags', () => ({ tags: ['b', 'c'] }), [1]],
  [
    'posted',
    () => ({ postedAt: { gte: new Date('2026-10-01T09:00:00Z'), lt: new Date('2026-10-01T10:00:00Z') } }),
    [2],
  ],
  ['first seen', () => ({ firstSeenAt: { lt: new Date('2026-10-01T12:00:00Z') } }), []],
  ['score', () => ({ score: { min: 15 } }), [2]],
  ['score below', () => ({ score: { max: 15 } }), [1]],
  ['no proposal', () => ({ hasProposal: false }), [1, 2, 3]],
  ['a proposal', () => ({ hasProposal: true }), []],
  ['and', () => ({ and: [{ states: ['OPEN'] }, { triage: ['NEW'] }] }), [3]],
  ['or', () => ({ or: [{ states: ['CLOSED'] }, { triage: ['SHORTLISTED'] }] }), [1, 2]],
  ['or of none', () => ({ or: [] }), []],
  ['and of none', () => ({ and: [] }), [1, 2, 3]],
  ['not', () => ({ not: { states: ['CLOSED'] } }), [1, 3]],
  ['not, where unknown', () => ({ not: { score: { min: 15 } } }), [1, 3]],
  [
    'all together',
    () => ({ states: ['OPEN'], or: [{ tags: ['a'] }, { not: { criteria: { skills: ['Vue'] } } }] }),
    [1],
  ],
])('filters by %s, in lists as in live feeds', (_name, filter, expected) => {
  using app = filtered();
  expect(app.seqs(filter(app.ids))).toEqual(expected);
  expect(app.passing(filter(app.ids))).toEqual(expected);
});

it('knows which jobs have a proposal', () => {
  using app = filtered();
  app.db.sql
    .prepare(
      `INSERT INTO proposals (id, platform, job_id, job_external_id, status, cover_letter, terms, answers, created_at, updated_at, version)
       SELECT 'prop_1', 'upwork', id, external_id, 'DRAFT', '', '{}', '[]', 1, 1, 1 FROM jobs WHERE seq = 2`,
    )
    .run();
  expect(app.seqs({ hasProposal: true })).toEqual([2]);
  expect(app.seqs({ hasProposal: false })).toEqual([1, 3]);
});

it('lets no unknown job pass', () => {
  using app = filtered();
  expect(app.jobs.passes('job_unknown', {})).toBe(false);
});

it('refuses filters that are too large, too deep, or unusable', () => {
  using app = filtered();
  const nest = (depth: number): JobFilter => (depth === 0 ? {} : { not: nest(depth - 1) });
  expect(app.seqs(nest(4))).toEqual([1, 2, 3]);
  expect(() => app.seqs(nest(5))).toThrow(/too large.*nest 5 deep/);
  expect(app.seqs({ or: Array.from({ length: 49 }, () => ({})) })).toEqual([1, 2, 3]);
  expect(() => app.seqs({ or: Array.from({ length: 50 }, () => ({})) })).toThrow(/name 50 filters/);
  expect(() => app.seqs({ criteria: { hourlyRate: { min: '9', max: '1' } } })).toThrow(
    /cannot be used.*above its maximum/,
  );
  expect(() => app.seqs({ savedSearchId: 'search_2' })).toThrow(/no saved search search_2/);
});

it('counts what the jobs of a list have in common', () => {
  using app = filtered();
  const facets = (names: readonly JobFacetName[], filter: JobFilter = {}) =>
    Object.fromEntries(
      app.jobs
        .facets({ filter }, names)
        .map(({ name, buckets }) => [name, buckets.map(({ value, label, count }) => `${value}|${label}|${count}`)]),
    );
  expect(
    facets([
      'CATEGORY',
      'SKILL',
      'TYPE',
      'EXPERIENCE_LEVEL',
      'CLIENT_COUNTRY',
      'TRIAGE',
      'STATE',
      'BUDGET_BAND',
      'TYPE',
    ]),
  ).toEqual({
    CATEGORY: ['531770282584862733|Web Development|3'],
    SKILL: ['react|React|3', 'typescript|TypeScript|2', 'vue|vue|1'],
    TYPE: ['HOURLY|Hourly|2', 'FIXED_PRICE|Fixed price|1'],
    EXPERIENCE_LEVEL: ['INTERMEDIATE|Intermediate|3'],
    CLIENT_COUNTRY: ['CA|Canada|2', 'DE|Germany|1'],
    TRIAGE: ['NEW|New|2', 'SHORTLISTED|Shortlisted|1'],
    STATE: ['OPEN|Open|2', 'CLOSED|Closed|1'],
    BUDGET_BAND: ['HOURLY_50_100|$50 to $100 an hour|2', 'FIXED_500_1000|$500 to $1,000|1'],
  });
  expect(facets(['TYPE'], { states: ['CLOSED'] })).toEqual({ TYPE: ['FIXED_PRICE|Fixed price|1'] });
  expect(app.jobs.facets({ query: 'absent' }, ['STATE'])).toEqual([{ name: 'STATE', buckets: [] }]);
});

it.each([
  ['FIXED_PRICE', '99.9999', 'Under $100'],
  ['FIXED_PRICE', '100', '$100 to $500'],
  ['FIXED_PRICE', '5000', '$5,000 and more'],
  ['HOURLY', '14.99', 'Under $15 an hour'],
  ['HOURLY', '100', '$100 and more an hour'],
] as const)('puts a %s job of %s into the band %s', (type, amount, label) => {
  using app = setUp();
  app.add([
    aPosting(
      1,
      type === 'HOURLY'
        ? { type, hourlyRate: { max: usd(amount) } }
        : { type, hourlyRate: {}, fixedBudget: usd(amount) },
    ),
  ]);
  expect(app.jobs.facets({}, ['BUDGET_BAND'])[0]?.buckets.map((bucket) => bucket.label)).toEqual([label]);
});

it('puts an amount in another currency than dollars into no band', () => {
  using app = setUp();
  app.add([aPosting(1, { hourlyRate: { max: { amount: '20', currency: 'EUR' } } })]);
  expect(app.jobs.facets({}, ['BUDGET_BAND'])).toEqual([{ name: 'BUDGET_BAND', buckets: [] }]);
});
