import { expect, it } from 'vitest';
import { fetchSearch } from '../../../../src/services/scanner/fetching/fetch-search.ts';
import type { SearchPage } from '../../../../src/services/upwork/model.ts';
import { UpworkError } from '../../../../src/services/upwork/model.ts';
import { aPosting } from '../../../support/posting.ts';

const newest = Date.parse('2026-10-01T12:00:00Z');
const minute = 60_000;
const postedAt = (number: number) => new Date(newest - number * minute);
/** Postings by their place in the list, a minute apart. */
const run = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => aPosting(from + index, { postedAt: postedAt(from + index) }));
const pageOf = (from: number, to: number, more: Partial<SearchPage> = {}): SearchPage => ({
  postings: run(from, to),
  received: to - from,
  nulled: 0,
  hasNextPage: true,
  problems: [],
  ...more,
});

/** Fetches from pages that are given one after the other, and tells what was asked. */
async function fetchFrom(
  pages: (SearchPage | Error)[],
  options: { most?: number; windowStart?: Date; known?: (id: string) => boolean } = {},
) {
  const asked: { first: number; after: string }[] = [];
  const search = async (_search: object, page: { first: number; after: string }) => {
    asked.push(page);
    const answer = pages[asked.length - 1] ?? pages.at(-1);
    if (!answer || answer instanceof Error) throw answer;
    return answer;
  };
  const { known = () => false, most = 1_000, windowStart } = options;
  const fetched = await fetchSearch(
    { search },
    {},
    {
      most,
      gaps: [],
      storedIn: () => 0,
      known: (ids) => new Set(ids.filter(known)),
      onPage: () => {},
      signal: new AbortController().signal,
      ...(windowStart && { windowStart }),
    },
  );
  const { postings, ...rest } = fetched;
  return { ...rest, count: postings.length, asked };
}

it('begins at "0", echoes a new end cursor and falls back to the count where there is none', async () => {
  const { asked, end, reachMs } = await fetchFrom([
    pageOf(0, 50, { endCursor: 'opaque-1' }),
    pageOf(50, 100, { endCursor: 'opaque-1' }),
    pageOf(100, 150, { endCursor: '' }),
    pageOf(150, 160, { hasNextPage: false }),
  ]);
  expect(asked.map(({ after }) => after)).toEqual(['0', 'opaque-1', '100', '150']);
  expect([end, reachMs]).toEqual(['exhausted', Number.NEGATIVE_INFINITY]);
});

it('counts nulled elements as received when it advances', async () => {
  const { asked, received, nulled, count, holes } = await fetchFrom([
    { ...pageOf(0, 47), received: 50, nulled: 3, nulledAt: [0, 20, 49] },
    pageOf(50, 60, { hasNextPage: false }),
  ]);
  expect(asked.map(({ after }) => after)).toEqual(['0', '50']);
  expect([received, nulled, count]).toEqual([60, 3, 57]);
  // Between their neighbours, to the second.
  expect(holes).toEqual([
    { from: postedAt(0).getTime() - 1_000, to: Number.POSITIVE_INFINITY },
    { from: postedAt(19).getTime() - 1_000, to: postedAt(18).getTime() + 1_000 },
    { from: postedAt(50).getTime() - 1_000, to: postedAt(46).getTime() + 1_000 },
  ]);
});

it('asks for no more elements than the bound allows, and says how far it came', async () => {
  const result = await fetchFrom([pageOf(0, 50), pageOf(50, 70)], { most: 70 });
  expect(result.asked).toEqual([
    { first: 50, after: '0' },
    { first: 20, after: '50' },
  ]);
  // Everything posted after the third last has been seen: the order is not strict.
  expect([result.end, result.reachMs]).toEqual(['limit', postedAt(67).getTime() + 1_000]);
});

it.each([
  ['an empty page that promises more', [pageOf(0, 50), pageOf(0, 0)], 2],
  ['a page that repeats', [pageOf(0, 50), pageOf(0, 50)], 2],
  [
    'a cursor that comes back',
    [pageOf(0, 50, { endCursor: 'a' }), pageOf(50, 90, { endCursor: 'b' }), pageOf(90, 95, { endCursor: 'a' })],
    3,
  ],
])('ends at %s and says that it broke', async (_what, pages, requests) => {
  const result = await fetchFrom(pages);
  expect([result.end, result.asked.length]).toEqual(['broken', requests]);
});

it('ends although every page promises another one, for ever', async () => {
  let from = 0;
  const asked: string[] = [];
  const search = async (_search: object, { after }: { after: string }) => {
    asked.push(after);
    from += 1;
    return pageOf(from, from + 1);
  };
  const fetched = await fetchSearch(
    { search },
    {},
    {
      most: 1_000_000,
      gaps: [],
      storedIn: () => 0,
      known: () => new Set(),
      onPage: () => {},
      signal: new AbortController().signal,
    },
  );
  expect([fetched.end, asked.length]).toEqual(['broken', 100]);
});

it('stops at a page that is known and older than the window, not at one that is only one of both', async () => {
  const windowStart = postedAt(60);
  const pages = [pageOf(0, 50), pageOf(50, 100), pageOf(100, 150), pageOf(150, 200)];
  const known = await fetchFrom(pages, { windowStart, known: () => true });
  expect([known.end, known.asked.length, known.reachMs]).toEqual(['settled', 3, postedAt(147).getTime() + 1_000]);
  const id = run(120, 121)[0]?.externalId;
  const slipped = await fetchFrom(pages, { windowStart, known: (externalId) => externalId !== id });
  expect([slipped.end, slipped.asked.length]).toEqual(['settled', 4]);
});

it('does not take renewed postings for a sign of how far it came', async () => {
  const renewed = run(45, 50).map((posting) => ({ ...posting, postedAt: new Date(0), renewedAt: postedAt(49) }));
  const page = pageOf(0, 45);
  const { reachMs } = await fetchFrom([{ ...page, postings: [...page.postings, ...renewed], received: 50 }], {
    most: 50,
  });
  expect(reachMs).toBe(postedAt(42).getTime() + 1_000);
});

it('keeps what it read before a failure', async () => {
  const failure = new UpworkError('timeout', 'Too late.');
  const result = await fetchFrom([pageOf(0, 50), failure]);
  expect(result).toMatchObject({ end: 'failed', failure, count: 50, reachMs: postedAt(47).getTime() + 1_000 });
  const nothing = await fetchFrom([failure]);
  expect(nothing).toMatchObject({ end: 'failed', count: 0, reachMs: Number.POSITIVE_INFINITY });
});

it('lets a cancellation through', async () => {
  await expect(fetchFrom([new UpworkError('cancelled', 'Cancelled.')])).rejects.toMatchObject({ code: 'cancelled' });
});
