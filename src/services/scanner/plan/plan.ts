import type { ResolvedCategories } from '../../categories/resolve.ts';
import type { ExperienceLevel, JobType } from '../../jobs/model.ts';
import type { UpstreamSearch } from '../../upwork/model.ts';
import { searchExpression } from './expression.ts';
import type { Wish } from './wish.ts';

const upstreamTypes = { HOURLY: 'HOURLY', FIXED_PRICE: 'FIXED' } as const;
const upstreamLevels = { ENTRY: 'ENTRY_LEVEL', INTERMEDIATE: 'INTERMEDIATE', EXPERT: 'EXPERT' } as const;

/**
 * What to ask of Upwork: one search for each job type and experience level, since it takes one of each at a time. Where all of them are wanted, or
 * none is named, none is sent: that also finds postings that leave the value out. Rates, budgets and workload are never sent: Upwork ignores them or
 * answers with nothing (FACTS §5); every criterion is applied here again.
 */
export function planSearches(
  wish: Wish,
  { categoryIds, subcategoryIds }: Pick<ResolvedCategories, 'categoryIds' | 'subcategoryIds'>,
): UpstreamSearch[] {
  const expression = searchExpression(wish.keywords ?? [], wish.skills ?? [], wish.query);
  const common: UpstreamSearch = {
    ...(expression !== undefined && { expression }),
    ...(categoryIds.length > 0 && { categoryIds }),
    ...(subcategoryIds.length > 0 && { subcategoryIds }),
    ...(wish.clientPaymentVerified === true && { verifiedPaymentOnly: true }),
  };
  return wantedTypes(wish).flatMap((type) =>
    wantedLevels(wish).map((level) => ({
      ...common,
      ...(type && { jobType: upstreamTypes[type] }),
      ...(level && { experienceLevel: upstreamLevels[level] }),
    })),
  );
}

/** How many searches `planSearches` gives for these wishes, each once. */
export function countSearches(...wishes: readonly Wish[]): number {
  const searches = wishes.flatMap((wish) =>
    // Names stand for ids: the same names are the same ids.
    planSearches(wish, { categoryIds: wish.categories ?? [], subcategoryIds: [] }),
  );
  return new Set(searches.map(searchKey)).size;
}

/** One text for the same search. */
export function searchKey(search: UpstreamSearch): string {
  return JSON.stringify(search);
}

function wantedTypes({ jobTypes }: Wish): readonly (JobType | undefined)[] {
  return someOf(jobTypes ?? [], Object.keys(upstreamTypes).length);
}

function wantedLevels({ experienceLevels }: Wish): readonly (ExperienceLevel | undefined)[] {
  return someOf(experienceLevels ?? [], Object.keys(upstreamLevels).length);
}

function someOf<Value>(wanted: readonly Value[], all: number): readonly (Value | undefined)[] {
  const distinct = [...new Set(wanted)];
  return distinct.length === 0 || distinct.length === all ? [undefined] : distinct;
}
