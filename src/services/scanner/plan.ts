import type { ResolvedCategories } from '../categories/resolve.ts';
import type { ExperienceLevel, JobCriteria, JobType } from '../jobs/model.ts';
import type { UpstreamSearch } from '../upwork/model.ts';
import { searchExpression } from './expression.ts';

const upstreamTypes = { HOURLY: 'HOURLY', FIXED_PRICE: 'FIXED' } as const;
const upstreamLevels = { ENTRY: 'ENTRY_LEVEL', INTERMEDIATE: 'INTERMEDIATE', EXPERT: 'EXPERT' } as const;

/**
 * What to ask of Upwork: one search for each job type and experience level, since it takes one of each at a time. Where all of them are wanted, or
 * none is named, none is sent: that also finds postings that leave the value out. Rates, budgets and workload are never sent: Upwork ignores them or
 * answers with nothing (FACTS §5); every criterion is applied here again.
 */
export function planSearches(
  criteria: JobCriteria,
  { categoryIds, subcategoryIds }: Pick<ResolvedCategories, 'categoryIds' | 'subcategoryIds'>,
): UpstreamSearch[] {
  const expression = searchExpression(criteria.keywords ?? [], criteria.skills ?? []);
  const common: UpstreamSearch = {
    ...(expression !== undefined && { expression }),
    ...(categoryIds.length > 0 && { categoryIds }),
    ...(subcategoryIds.length > 0 && { subcategoryIds }),
    ...(criteria.clientPaymentVerified === true && { verifiedPaymentOnly: true }),
  };
  return wantedTypes(criteria).flatMap((type) =>
    wantedLevels(criteria).map((level) => ({
      ...common,
      ...(type && { jobType: upstreamTypes[type] }),
      ...(level && { experienceLevel: upstreamLevels[level] }),
    })),
  );
}

/** How many searches `planSearches` gives for these criteria. */
export function countSearches(criteria: JobCriteria): number {
  return wantedTypes(criteria).length * wantedLevels(criteria).length;
}

function wantedTypes({ jobTypes }: JobCriteria): readonly (JobType | undefined)[] {
  return someOf(jobTypes ?? [], Object.keys(upstreamTypes).length);
}

function wantedLevels({ experienceLevels }: JobCriteria): readonly (ExperienceLevel | undefined)[] {
  return someOf(experienceLevels ?? [], Object.keys(upstreamLevels).length);
}

function someOf<Value>(wanted: readonly Value[], all: number): readonly (Value | undefined)[] {
  const distinct = [...new Set(wanted)];
  return distinct.length === 0 || distinct.length === all ? [undefined] : distinct;
}
