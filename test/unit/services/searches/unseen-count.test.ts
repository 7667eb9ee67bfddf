import { expect, it } from 'vitest';
import { systemRandom } from '../../../../src/random.ts';
import { createSearches } from '../../../../src/services/searches/create-searches.ts';
import { createTestClock } from '../../../support/clock.ts';
import { createTestDatabase } from '../../../support/database.ts';

it('19.K unseen jobs are counted once for all who ask at the same time, and anew after a write and a second later', async () => {
  const clock = createTestClock();
  using db = createTestDatabase(clock);
  const counted: unknown[] = [];
  const count = (query: object) => {
    counted.push(query);
    return { count: counted.length, exact: true };
  };
  const searches = createSearches({
    db,
    clock,
    random: systemRandom,
    jobs: { checkCriteria: () => [], count },
    explain: () => [],
    unknownCategories: () => [],
  });
  const { unseenCount } = searches;
  expect([unseenCount('search_a'), unseenCount('search_a'), unseenCount('search_b')]).toEqual([1, 1, 2]);
  expect(counted).toEqual(
    ['search_a', 'search_b'].map((savedSearchId) => ({ filter: { savedSearchId, triage: ['NEW'] } })),
  );
  searches.create({ name: 'Okapis', scan: false, notify: true });
  expect([unseenCount('search_a'), unseenCount('search_a')]).toEqual([3, 3]);
  await clock.advance(999);
  expect(unseenCount('search_a')).toBe(3);
  await clock.advance(1);
  expect(unseenCount('search_a')).toBe(4);
});
