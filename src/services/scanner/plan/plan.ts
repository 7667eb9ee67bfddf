import type { ResolvedCategories } from '../../categories/model.ts';
import type { ExperienceLevel, JobType } from '../../jobs/model.ts';
import type { UpstreamSearch } from '../../upwork/model.ts';
import type { SearchTerms } from '../search-terms.ts';
import { searchExpression } from './expression.ts';

const upstreamTypes = { HOURLY: 'HOURLY', FIXED_PRICE: 'FIXED' } as const;
const upstreamLevels = { ENTRY: 'ENTRY_LEVEL', INTERMEDIATE: 'INTERMEDIATE', EXPERT: 'EXPERT' } as const;

/**
 * What to ask of Upwork: one search for each job type and experience level, since it takes one of each at a time.
 * Where all of them are wanted, or none is named, none is sent: that also finds postings that leave the value out.
 * Rates, budgets and workload are never sent: Upwork ignores them or answers with nothing (FACTS §5); every criterion
 * is applied here again.
 */
export function planSearches(
  terms: SearchTerms,
  { categoryIds, subcategoryIds }: Pick<ResolvedCategories, 'categoryIds' | 'subcategoryIds'>,
): UpstreamSearch[] {
  const expression = searchExpression(terms.keywords ?? [], terms.skills ?? [], terms.query);
  const common: UpstreamSearch = {
    ...(expression !== undefined && { expression }),
    ...(categoryIds.length > 0 && { categoryIds }),
    ...(subcategoryIds.length > 0 && { subcategoryIds }),
    ...(terms.clientPaymentVerified === true && { verifiedPaymentOnly: true }),
  };
  return wantedTypes(terms).flatMap((type) =>
    wantedLevels(terms).map((level) => ({
      ...common,
      ...(type && { jobType: upstreamTypes[type] }),
      ...(level && { experienceLevel: upstreamLevels[level] }),
    })),
  );
}

/** How many searches `planSearches` gives for these terms, each once. */
export function countSearches(...terms: readonly SearchTerms[]): number {
  const searches = terms.flatMap((terms) =>
    // Names stand for ids: the same names are the same ids.
    planSearches(terms, { categoryIds: terms.categories ?? [], subcategoryIds: [] }),
  );
  return new Set(searches.map(searchKey)).size;
}

/** One text for the same search. */
export function searchKey(search: UpstreamSearch): string {
  return JSON.stringify(search);
}

function wantedTypes({ jobTypes }: SearchTerms): readonly (JobType | undefined)[] {
  return someOf(jobTypes ?? [], Object.keys(upstreamTypes).length);
}

function wantedLevels({ experienceLevels }: SearchTerms): readonly (ExperienceLevel | undefined)[] {
  return someOf(experienceLevels ?? [], Object.keys(upstreamLevels).length);
}

function someOf<Value>(wanted: readonly Value[], all: number): readonly (Value | undefined)[] {
  const distinct = [...new Set(wanted)];
  return distinct.length === 0 || distinct.length === all ? [undefined] : distinct;
}
