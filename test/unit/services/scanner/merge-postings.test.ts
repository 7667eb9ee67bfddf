import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergePostings } from '../../../../src/services/scanner/fetching/merge-postings.ts';
import { aPosting } from '../../../support/posting.ts';

const start = Date.UTC(2026, 9, 1);
/** Posting `n` was posted `n` minutes after the start. */
const posting = (number: number) => aPosting(number, { postedAt: new Date(start + number * 60_000) });
const numbersOf = (postings: readonly { readonly postedAt?: Date }[]) =>
  postings.map(({ postedAt }) => ((postedAt?.getTime() ?? 0) - start) / 60_000);
const merge = (lists: readonly (readonly number[])[], most: number) => {
  const { postings, cut, distinct } = mergePostings(
    lists.map((list) => list.map(posting)),
    most,
  );
  return { kept: numbersOf(postings), cut: numbersOf(cut), distinct };
};

it('lists each posting once, newest first, as long as the bound allows', () => {
  expect(merge([[1, 5, 3], [], [5, 4]], 4)).toEqual({ kept: [5, 4, 3, 1], cut: [], distinct: 4 });
});

it('lets the lists take turns where the bound is too small, and gives the rest of an exhausted one to the others', () => {
  expect(merge([[9, 8, 7, 6, 5], [2, 1], [3]], 5)).toEqual({ kept: [9, 8, 3, 2, 1], cut: [7, 6, 5], distinct: 8 });
  expect(
    merge(
      [
        [9, 8, 7],
        [9, 8, 1],
      ],
      3,
    ),
  ).toEqual({ kept: [9, 8, 7], cut: [1], distinct: 4 });
  expect(merge([[9, 8], [7]], 0)).toEqual({ kept: [], cut: [9, 8, 7], distinct: 3 });
});

it('gives every list its share, and of each its newest', () => {
  const lists = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 15 }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(lists, fc.nat({ max: 30 }), (given, most) => {
      const { kept, cut, distinct } = merge(given, most);
      const all = [...new Set(given.flat())].sort((a, b) => b - a);
      expect([...kept, ...cut].sort((a, b) => b - a)).toEqual(all);
      expect([distinct, kept.length]).toEqual([all.length, Math.min(most, all.length)]);
      expect(kept).toEqual(kept.toSorted((a, b) => b - a));
      for (const list of given) {
        const share = Math.floor(most / given.length);
        const newest = list.toSorted((a, b) => b - a);
        expect(newest.slice(0, share).filter((number) => !kept.includes(number))).toEqual([]);
      }
    }),
  );
});
