import { expect, it } from 'vitest';
import type { UpworkApi } from '../../../../src/services/upwork/model.ts';
import { createSearch } from '../../../../src/services/upwork/search/search.ts';

/** What one page makes of a connection that Upwork answers. */
async function pageOf(connection: unknown, first = 50) {
  const api: UpworkApi = {
    request: async () => ({ data: { marketplaceJobPostingsSearch: connection }, fieldErrors: [] }),
    sent: () => 0,
  };
  const search = createSearch(api, { now: () => new Date('2026-10-01T12:00:00Z') });
  const { postings, ...page } = await search({}, { first, after: '0' }, { purpose: 'SCAN' });
  return { ...page, ids: postings.map(({ externalId }) => externalId) };
}
const edges = (count: number) => Array.from({ length: count }, (_, index) => ({ node: { id: String(index + 1) } }));

it('Prospector reads the odd pages there are: no page information, nodes without an id, nothing in them', async () => {
  expect(await pageOf({ edges: edges(2) }, 2)).toEqual({
    ids: ['1', '2'],
    received: 2,
    nulled: 0,
    hasNextPage: true,
    problems: [],
  });
  expect(await pageOf({ edges: edges(1), pageInfo: { endCursor: '' }, totalCount: -1 }, 2)).toEqual({
    ids: ['1'],
    received: 1,
    nulled: 0,
    hasNextPage: false,
    problems: [],
  });
  expect(
    await pageOf({ edges: [null, { node: null }, { node: {} }, 7, ...edges(1)], pageInfo: { hasNextPage: false } }),
  ).toEqual({
    ids: ['1'],
    received: 5,
    nulled: 4,
    nulledAt: [0, 1, 2, 3],
    hasNextPage: false,
    problems: ['Postings that came without an id: 1.'],
  });
  expect(await pageOf({ edges: null, totalCount: 0 })).toMatchObject({ ids: [], received: 0, hasNextPage: false });
  await expect(pageOf(null)).rejects.toMatchObject({ code: 'unexpected_response' });
});

it('Prospector reads a thousand postings of a page at most, and goes on behind them (F101)', async () => {
  const page = await pageOf({ edges: edges(5_000), pageInfo: { hasNextPage: false, endCursor: '5000' } });
  expect({ ...page, ids: page.ids.length }).toEqual({
    ids: 1_000,
    received: 1_000,
    nulled: 0,
    hasNextPage: true,
    problems: ['Upwork sent 5000 postings at once; 1000 were read.'],
  });
});

it.each([
  ['nulled', { edges: null, pageInfo: { hasNextPage: false } }],
  ['nulled although there are some', { edges: null, totalCount: 12, pageInfo: { hasNextPage: false } }],
  ['under another name', { items: edges(2), totalCount: 2, pageInfo: { hasNextPage: false } }],
  ['no list', { edges: 'none', totalCount: 2 }],
  ['empty although there are some', { edges: [], totalCount: 2, pageInfo: { hasNextPage: false } }],
])('10.6 a list of postings that is %s is a failure, not an empty market', async (_how, connection) => {
  await expect(pageOf(connection)).rejects.toMatchObject({ code: 'unexpected_response' });
});
