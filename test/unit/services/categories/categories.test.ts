import { expect, it } from 'vitest';
import { createCategories } from '../../../../src/services/categories/categories.ts';
import { nearestOf } from '../../../../src/services/categories/nearest.ts';
import { resolveCategories } from '../../../../src/services/categories/resolve.ts';
import { type CategoryNode, UpworkError } from '../../../../src/services/upwork/model.ts';
import { createTestClock } from '../../../support/clock.ts';
import { createTestDatabase } from '../../../support/database.ts';

const tree: CategoryNode[] = [
  {
    externalId: '531770282580668418',
    label: 'Web, Mobile & Software Dev',
    subcategories: [
      { externalId: '531770282584862722', label: 'Web Development' },
      { externalId: '531770282584862723', label: 'Mobile Development' },
    ],
  },
  {
    externalId: '531770282580668416',
    label: 'Writing',
    subcategories: [{ externalId: '7', label: 'Content Writing' }],
  },
];

it('finds categories by label, id or slug in any case, and names what it does not know with the nearest words', () => {
  expect(resolveCategories(['web development', '7', 'Mobil Development'], tree)).toEqual({
    categoryIds: [],
    subcategoryIds: ['531770282584862722', '7'],
    names: [
      'web development',
      'Web Development',
      '531770282584862722',
      'web_development',
      '7',
      'Content Writing',
      'content_writing',
    ],
    parents: [
      'Web, Mobile & Software Dev',
      '531770282580668418',
      'web_mobile_software_dev',
      'Writing',
      '531770282580668416',
      'writing',
    ],
    unknown: [{ name: 'Mobil Development', suggestions: ['Mobile Development', 'Web Development'] }],
  });
});

it('asks Upwork for subcategories alone where both kinds were named, since it wants both to hold', () => {
  const { categoryIds, subcategoryIds } = resolveCategories(['web_mobile_software_dev', 'Content Writing'], tree);
  expect(categoryIds).toEqual([]);
  expect(subcategoryIds).toEqual(['7', '531770282584862722', '531770282584862723']);
  expect(resolveCategories(['Writing'], tree)).toMatchObject({
    categoryIds: ['531770282580668416'],
    subcategoryIds: [],
  });
});

it('suggests at most three words, none far off', () => {
  expect(nearestOf('Web Developmnet', ['Web Development', 'Web Design', 'Accounting'])).toEqual(['Web Development']);
  expect(nearestOf('xyz', ['Web Development', 'Accounting'])).toEqual([]);
});

it('fetches the tree once a week, shares a fetch, and goes on with an old one in an outage', async () => {
  using db = createTestDatabase();
  const clock = createTestClock();
  let asked = 0;
  let down = false;
  const fetchTree = async () => {
    asked += 1;
    if (down) throw new UpworkError('network', 'Upwork could not be reached.');
    return tree;
  };
  const categories = createCategories({ db, clock, fetchTree });
  expect(categories.labels()).toBeUndefined();
  expect(await Promise.all([categories.tree(), categories.tree()])).toEqual([tree, tree]);
  expect([await createCategories({ db, clock, fetchTree }).tree(), asked]).toEqual([tree, 1]);
  await clock.advance(8 * 86_400_000);
  down = true;
  expect([await categories.tree(), asked]).toEqual([tree, 2]);
  down = false;
  await categories.tree();
  await categories.tree();
  expect(asked).toBe(3);
  expect(categories.labels()).toContain('Content Writing');
});

it('says what to do where there is no tree and none can be had', async () => {
  using db = createTestDatabase();
  const categories = createCategories({
    db,
    clock: createTestClock(),
    fetchTree: () => Promise.reject(new UpworkError('not_connected', 'Nothing is connected.')),
  });
  await expect(categories.tree()).rejects.toMatchObject({
    name: 'DomainError',
    failures: [{ type: 'PlatformConnectionError', code: 'PLATFORM_NOT_CONNECTED' }],
  });
  expect(await categories.resolve([])).toMatchObject({ categoryIds: [], subcategoryIds: [], unknown: [] });
});
