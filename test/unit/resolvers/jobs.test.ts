import { expect, it } from 'vitest';
import type { JobFilter, JobsQuery } from '../../../src/services/jobs/model.ts';
import { job } from './answers.ts';
import { ask } from './ask.ts';

const empty = { edges: [], hasNextPage: false, hasPreviousPage: false };

/** What the service is asked for when a client sends this filter. */
async function filterOf(filter: unknown): Promise<JobFilter | null | undefined> {
  let asked: JobsQuery = {};
  const services = {
    jobs: {
      list: (query: JobsQuery) => {
        asked = query;
        return empty;
      },
    },
  };
  const reply = await ask('query ($filter: JobFilter) { jobs(filter: $filter) { nodes { id } } }', {
    services,
    variables: { filter },
  });
  expect(reply).toEqual({ data: { jobs: { nodes: [] } } });
  return asked.filter;
}

it('gives a page with its cursors, counted once and only when asked', async () => {
  const asked: unknown[] = [];
  const services = {
    jobs: {
      list: (query: JobsQuery) => {
        asked.push(query);
        const edges = [
          { node: job(), cursor: 'c1', rank: 1.5 },
          { node: job({ id: 'job_2' }), cursor: 'c2' },
        ];
        return { edges, hasNextPage: true, hasPreviousPage: false };
      },
      count: (query: JobsQuery) => {
        asked.push(query);
        return { count: 10_000, exact: false };
      },
      facets: (_query: JobsQuery, names: readonly string[]) => {
        asked.push(names);
        return [{ name: 'TYPE' as const, buckets: [{ value: 'HOURLY', label: 'Hourly', count: 2 }] }];
      },
    },
  };
  const document = `query ($query: String) { jobs(query: $query, first: 2, orderBy: {field: POSTED_AT, direction: ASC}) {
    edges { cursor rank node { id } } nodes { id } totalCount totalCountIsExact
    facets(names: [TYPE]) { name buckets { value label count } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } }`;
  expect(await ask(document, { services, variables: { query: 'api' } })).toEqual({
    data: {
      jobs: {
        edges: [
          { cursor: 'c1', rank: 1.5, node: { id: 'job_1' } },
          { cursor: 'c2', rank: null, node: { id: 'job_2' } },
        ],
        nodes: [{ id: 'job_1' }, { id: 'job_2' }],
        totalCount: 10_000,
        totalCountIsExact: false,
        facets: [{ name: 'TYPE', buckets: [{ value: 'HOURLY', label: 'Hourly', count: 2 }] }],
        pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: 'c1', endCursor: 'c2' },
      },
    },
  });
  const query = { query: 'api', first: 2, orderBy: { field: 'POSTED_AT', direction: 'ASC' } };
  expect(asked).toEqual([query, query, ['TYPE']]);
});

it('asks for nothing where a client sent nothing or null', async () => {
  expect(await filterOf(null)).toBeUndefined();
  expect(await filterOf({ ids: null, criteria: null, not: null, score: { min: null } })).toEqual({ score: {} });
});

it('resolves moving windows at the moment of asking, and hands criteria on as services know them', async () => {
  expect(
    await filterOf({
      postedAt: { gte: '-P1D', lt: '2026-10-01T11:00:00Z' },
      firstSeenAt: { gte: null },
      triage: ['NEW'],
      hasProposal: false,
      criteria: { hourlyRate: { min: '40.00' }, maximumAge: '2h', keywords: ['api'], jobTypes: null },
      or: [{ ids: ['job_1'] }, { not: { tags: ['x'] } }],
    }),
  ).toEqual({
    postedAt: { gte: new Date('2026-09-30T12:00:00Z'), lt: new Date('2026-10-01T11:00:00Z') },
    firstSeenAt: {},
    triage: ['NEW'],
    hasProposal: false,
    criteria: { hourlyRate: { min: '40', currency: 'USD' }, maximumAgeMs: 7_200_000, keywords: ['api'] },
    or: [{ ids: ['job_1'] }, { not: { tags: ['x'] } }],
  });
});

it('refuses filters nested deeper than ten', async () => {
  const nested = (depth: number): object => (depth === 1 ? { tags: ['x'] } : { not: nested(depth - 1) });
  expect(await filterOf(nested(10))).toBeDefined();
  const reply = await ask('query ($filter: JobFilter) { jobs(filter: $filter) { totalCount } }', {
    variables: { filter: nested(11) },
  });
  expect(reply.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

it('knows in each job the text it was found by', async () => {
  const services = {
    jobs: {
      list: () => ({ ...empty, edges: [{ node: job(), cursor: 'c1' }] }),
      byId: () => job(),
      highlights: (_job: unknown, query: string) => [`<mark>${query}</mark>`],
      excerpt: (_job: unknown, length: number, query?: string) => `${length} ${query}`,
    },
  };
  const fields = 'highlights excerpt short: excerpt(length: 10)';
  expect(
    await ask(
      `{ jobs(query: "api") { nodes { ${fields} } } all: jobs { nodes { ${fields} } } job(id: "job_1") { ${fields} } }`,
      {
        services,
      },
    ),
  ).toEqual({
    data: {
      jobs: { nodes: [{ highlights: ['<mark>api</mark>'], excerpt: '240 api', short: '10 api' }] },
      all: { nodes: [{ highlights: [], excerpt: '240 undefined', short: '10 undefined' }] },
      job: { highlights: [], excerpt: '240 undefined', short: '10 undefined' },
    },
  });
});

it.each([0, -1, 10_001])('refuses an excerpt of %i characters', async (length) => {
  const reply = await ask(`{ job(id: "job_1") { excerpt(length: ${length}) } }`, {
    services: { jobs: { byId: () => job() } },
  });
  expect(reply.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

it('shows the raw posting to RAW_READ alone, and the rest of the job to others', async () => {
  const services = { jobs: { byId: () => job({ raw: '{"id":"1","hourly":{"min":40}}' }) } };
  const document = '{ job(id: "job_1") { id raw } }';
  expect(await ask(document, { services, scopes: ['READ', 'RAW_READ'] })).toEqual({
    data: { job: { id: 'job_1', raw: { id: '1', hourly: { min: 40 } } } },
  });
  expect(await ask(document, { services, scopes: ['READ'] })).toMatchObject({
    data: { job: { id: 'job_1', raw: null } },
    errors: [{ path: ['job', 'raw'], extensions: { code: 'FORBIDDEN', requiredScope: 'RAW_READ' } }],
  });
});

it('writes money for people exactly, in the language asked for', async () => {
  const fixedBudget = { amount: '1250.5', currency: 'USD' };
  const large = { amount: '12345678901234567890.55', currency: 'EUR' };
  const services = { jobs: { byId: () => job({ fixedBudget, hourlyRate: { min: large } }) } };
  const document = `{ job(id: "job_1") {
    fixedBudget { amount currency formatted de: formatted(locale: "de-DE") bad: formatted(locale: "not a locale") }
    hourlyRate { min { formatted } max { formatted } }
  } }`;
  const reply = await ask(document, { services });
  expect(reply.errors).toMatchObject([{ path: ['job', 'fixedBudget', 'bad'], extensions: { code: 'BAD_USER_INPUT' } }]);
  const good = await ask(document.replace('bad: formatted(locale: "not a locale")', ''), { services });
  expect(good).toEqual({
    data: {
      job: {
        fixedBudget: { amount: '1250.5', currency: 'USD', formatted: '$1,250.50', de: '1.250,50\u00a0$' },
        hourlyRate: { min: { formatted: '€12,345,678,901,234,567,890.55' }, max: null },
      },
    },
  });
});

it.each([
  [{ hires: 2, jobsPosted: 3 }, '0.67'],
  [{ hires: 9, jobsPosted: 3 }, '1'],
  [{ hires: 0, jobsPosted: 3 }, '0'],
  [{ hires: 1, jobsPosted: 0 }, null],
  [{ jobsPosted: 3 }, null],
])('gives the hire rate of %j as %s', async (client, hireRate) => {
  expect(
    await ask('{ job(id: "job_1") { client { hireRate } } }', { services: { jobs: { byId: () => job({ client }) } } }),
  ).toEqual({
    data: { job: { client: { hireRate } } },
  });
});
