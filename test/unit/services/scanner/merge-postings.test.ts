import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergePostings } from '../../../../src/services/scanner/fetching/merge-postings.ts';
import { aPosting } from '../../../support/posting.ts';

const start = Date.UTC(2026, 9, 1);
/** Posting `n` was posted `n` minutes after the start. */
const posting = (number: number) => aPosting(number, { postedAt: new Date(start + number * 60_000) });
const merge = (lists: readonly (readonly number[])[]) =>
  mergePostings(lists.map((list) => list.map(posting))).map(
    ({ postedAt }) => ((postedAt?.getTime() ?? 0) - start) / 60_000,
  );

it('lists each posting once, newest first', () => {
  expect(merge([[1, 5, 3], [], [5, 4]])).toEqual([5, 4, 3, 1]);
});

it('leaves nothing out, whatever the lists', () => {
  const lists = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 15 }), { maxLength: 5 });
  fc.assert(
    fc.property(lists, (given) => {
      expect(merge(given)).toEqual([...new Set(given.flat())].sort((a, b) => b - a));
    }),
  );
});
