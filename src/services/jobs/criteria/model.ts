import type { ClientHistory, EngagementDuration, ExperienceLevel, JobType, Workload } from '../posting.ts';

/** Bounds of an amount as decimal strings, both included; either may be missing. */
export interface DecimalRange {
  readonly min?: string;
  readonly max?: string;
  readonly currency?: string;
}

/** `JobCriteria` of the schema. Absent = not asked for. All that are set must hold. */
export interface JobCriteria {
  readonly keywords?: readonly string[];
  readonly excludedKeywords?: readonly string[];
  readonly skills?: readonly string[];
  /** Labels or ids, of categories or subcategories. */
  readonly categories?: readonly string[];
  readonly jobTypes?: readonly JobType[];
  readonly experienceLevels?: readonly ExperienceLevel[];
  readonly workloads?: readonly Workload[];
  readonly durations?: readonly EngagementDuration[];
  readonly hourlyRate?: DecimalRange;
  readonly fixedBudget?: DecimalRange;
  readonly clientCountries?: readonly string[];
  readonly excludedClientCountries?: readonly string[];
  readonly clientHistory?: readonly ClientHistory[];
  readonly clientPaymentVerified?: boolean;
  readonly clientMinimumRating?: string;
  readonly clientSpend?: DecimalRange;
  readonly maximumProposals?: number;
  readonly maximumAgeMs?: number;
  readonly minimumMatchScore?: number;
  readonly requireKnown?: readonly string[];
}
/** The names of the criteria, as in the schema (also what `requireKnown` may name). */
export const criterionNames = [
  'keywords',
  'excludedKeywords',
  'skills',
  'categories',
  'jobTypes',
  'experienceLevels',
  'workloads',
  'durations',
  'hourlyRate',
  'fixedBudget',
  'clientCountries',
  'excludedClientCountries',
  'clientHistory',
  'clientPaymentVerified',
  'clientMinimumRating',
  'clientSpend',
  'maximumProposals',
  'maximumAge',
  'minimumMatchScore',
] as const;
export type CriterionName = (typeof criterionNames)[number];
