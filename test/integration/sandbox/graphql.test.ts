import { expect, it } from 'vitest';
import { visit } from './visitor.ts';

const search = `query Search($filter: MarketplaceJobPostingsSearchFilter) {
  marketplaceJobPostingsSearch(marketPlaceJobFilter: $filter, searchType: USER_JOBS_SEARCH, sortAttributes: [{field: RECENCY}]) {
    totalCount pageInfo { endCursor hasNextPage } edges { node { id title } }
  }
}`;
// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
const titles = (answer: any): string[] =>
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  answer.body.data.marketplaceJobPostingsSearch.edges.map((edge: any) => edge?.node.title ?? null);

it('the sandbox aborts the whole operation for a missing scope, with the exact message (FACTS §3.1)', async () => {
  await using visitor = await visit();
  const { control } = visitor.sandbox;
  control.set({ scopes: control.set().scopes.filter((scope) => scope !== 'pub-commons:read:all') });
  await visitor.signIn();
  expect(await visitor.ask(search)).toEqual({
    status: 200,
    body: {
      errors: [
        {
          message:
            "The client or authentication token doesn't have enough oauth2 permissions/scopes to access: [PageInfo.endCursor, PageInfo.hasNextPage].",
          extensions: { classification: 'ExecutionAborted' },
        },
      ],
      data: null,
    },
  });
});

it('the sandbox answers for the personal organization unless the tenant header names another (FACTS §3)', async () => {
  await using visitor = await visit();
  await visitor.signIn();
  const query = '{ organization { id } companySelector { items { organizationId } } }';
  const personal = await visitor.ask(query);
  expect(personal.body.data.organization).toEqual({ id: '1500000000000000001' });
  const agency = personal.body.data.companySelector.items[1].organizationId;
  const asAgency = await visitor.ask(query, {}, { 'x-upwork-api-tenantid': agency });
  expect(asAgency.body.data.organization).toEqual({ id: agency });
  const foreign = await visitor.ask(query, {}, { 'x-upwork-api-tenantid': '42' });
  expect(foreign.body).toMatchObject({ data: null, errors: [{ message: expect.stringContaining('organization') }] });
});

it('the sandbox pages from "0" by its cursor or by count, gives ten by default, and fails without `after` (FACTS §5)', async () => {
  await using visitor = await visit();
  const { control } = visitor.sandbox;
  for (let index = 0; index < 12; index++)
    control.post({ title: `p${index}`, createdAt: `2026-01-05T11:${String(10 + index)}:00Z` });
  await visitor.signIn();
  expect(titles(await visitor.ask(search))).toHaveLength(10);
  const page = (after: string) => visitor.ask(search, { filter: { pagination_eq: { first: 5, after } } });
  const first = await page('0');
  expect(titles(first)).toEqual(['p11', 'p10', 'p9', 'p8', 'p7']);
  expect(first.body.data.marketplaceJobPostingsSearch.pageInfo).toEqual({ endCursor: '5', hasNextPage: true });
  expect(titles(await page('5'))).toEqual(['p6', 'p5', 'p4', 'p3', 'p2']);
  control.post({ title: 'new' });
  expect(titles(await page('5')), 'a posting that appears meanwhile shifts the pages').toEqual([
    'p7',
    'p6',
    'p5',
    'p4',
    'p3',
  ]);
  control.set({ cursors: 'opaque' });
  const opaque = await page('0');
  const { endCursor } = opaque.body.data.marketplaceJobPostingsSearch.pageInfo;
  expect(endCursor).not.toMatch(/^\d+$/);
  expect(titles(await page(endCursor))).toEqual(['p7', 'p6', 'p5', 'p4', 'p3']);
  const without = await visitor.ask(search, { filter: { pagination_eq: { first: 5 } } });
  expect(without.body.errors[0].message).toBe('Exception occurred');
});

it('the sandbox ignores rate and budget filters, finds nothing by workload or by a category name (FACTS §5)', async () => {
  await using visitor = await visit();
  visitor.sandbox.control.post({
    title: 'cheap',
    jobType: 'HOURLY',
    hourlyMin: 5,
    hourlyMax: 8,
    subcategory: 'Web Development',
  });
  await visitor.signIn();
  const found = async (filter: object) => titles(await visitor.ask(search, { filter }));
  expect(await found({ hourlyRate_eq: { rangeStart: 100 } })).toEqual(['cheap']);
  expect(await found({ budgetRange_eq: { rangeStart: 100_000 } })).toEqual(['cheap']);
  expect(await found({ workload_eq: 'FULL_TIME' })).toEqual([]);
  expect(await found({ subcategoryIds_any: ['Web Development'] })).toEqual([]);
  expect(await found({ experienceLevel_eq: 'EXPERT', jobType_eq: 'FIXED' })).toEqual([]);
});

it('the sandbox knows a posting by its number alone, and denies what policy denies (FACTS §5)', async () => {
  await using visitor = await visit();
  const { id } = visitor.sandbox.control.post({ title: 'one' });
  await visitor.signIn();
  const query = 'query ($id: ID!) { marketplaceJobPosting(id: $id) { id ownership { company { id } } } }';
  const byCiphertext = await visitor.ask(query, { id: `~02${id}` });
  expect(byCiphertext.body.data).toEqual({ marketplaceJobPosting: null });
  expect(byCiphertext.body.errors[0].message).toContain('404');
  const byNumber = await visitor.ask(query, { id });
  expect(byNumber.body.data).toEqual({ marketplaceJobPosting: { id, ownership: { company: null } } });
  expect(byNumber.body.errors[0].message).toMatch(/403.*view_client_company/);
});

it('the sandbox fails as it is told, as often as it is told, and notes it without secrets', async () => {
  await using visitor = await visit();
  const { control, graphqlUrl, clientSecret } = visitor.sandbox;
  const { body } = await visitor.signIn();
  control.fail({ target: 'graphql', kind: 'retry-after', value: '7' });
  control.fail({ target: 'graphql', kind: 'challenge' });
  control.fail({ target: 'graphql', kind: 'graphql-error', message: 'Transform timeout', times: 2 });
  const raw = () =>
    fetch(graphqlUrl, {
      method: 'POST',
      headers: { authorization: `Bearer ${body.access_token}`, 'content-type': 'application/json' },
      body: '{"query":"{ user { id } }"}',
    });
  const limited = await raw();
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
  const challenge = await raw();
  expect([challenge.status, challenge.headers.get('content-type')]).toEqual([403, 'text/html']);
  for (let round = 0; round < 2; round++)
    expect((await visitor.ask('{ user { id } }')).body.errors[0].message).toBe('Transform timeout');
  expect((await visitor.ask('{ user { id } }')).body).toEqual({ data: { user: { id: '1500000000000000000' } } });
  control.fail({ target: 'graphql', kind: 'reset' });
  await expect(raw()).rejects.toThrow();
  control.fail({ target: 'graphql', kind: 'truncate' });
  await expect((await raw()).json()).rejects.toThrow();
  const journal = JSON.stringify(control.journal());
  expect(control.journal().map(({ fault }) => fault)).toEqual([
    null,
    null,
    'retry-after',
    'challenge',
    'graphql-error',
    'graphql-error',
    null,
    'reset',
    'truncate',
  ]);
  for (const secret of [body.access_token, body.refresh_token, clientSecret]) expect(journal).not.toContain(secret);
});

it('the same seed gives the same world, another seed another one', async () => {
  const world = async (seed: string) => {
    await using visitor = await visit({ seed, backlog: 40, postingsPerMinute: 30 });
    visitor.sandbox.control.setClock({ advanceMs: 600_000 });
    return visitor.sandbox.control.postings().map(({ id, title }) => `${id} ${title}`);
  };
  const first = await world('a');
  expect(first.length).toBeGreaterThan(300);
  expect(await world('a')).toEqual(first);
  expect(await world('b')).not.toEqual(first);
});
