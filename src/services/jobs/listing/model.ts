import type { JobCriteria } from '../criteria/model.ts';
import type { JobState, JobTriage } from '../posting.ts';

/** A stretch of time: its start included, its end not. */
export interface InstantRange {
  readonly gte?: Date;
  readonly lt?: Date;
}

/**
 * `JobFilter` of the schema, moving windows already resolved. Unless `includeUnmatched`, only jobs that have matched
 * what the owner asked for.
 */
export interface JobFilter {
  readonly ids?: readonly string[];
  readonly platforms?: readonly string[];
  readonly criteria?: JobCriteria;
  readonly savedSearchId?: string;
  readonly states?: readonly JobState[];
  readonly triage?: readonly JobTriage[];
  readonly tags?: readonly string[];
  readonly postedAt?: InstantRange;
  readonly firstSeenAt?: InstantRange;
  readonly score?: { readonly min?: number; readonly max?: number };
  readonly hasProposal?: boolean;
  readonly and?: readonly JobFilter[];
  readonly or?: readonly JobFilter[];
  readonly not?: JobFilter;
}
export const jobOrderFields = [
  'RELEVANCE',
  'POSTED_AT',
  'FIRST_SEEN_AT',
  'SCORE',
  'BUDGET',
  'CLIENT_SPEND',
  'PROPOSALS',
] as const;
export interface JobOrder {
  readonly field: (typeof jobOrderFields)[number];
  readonly direction: 'ASC' | 'DESC';
}
export const jobFacetNames = [
  'CATEGORY',
  'SKILL',
  'TYPE',
  'EXPERIENCE_LEVEL',
  'CLIENT_COUNTRY',
  'TRIAGE',
  'STATE',
  'BUDGET_BAND',
] as const;
export type JobFacetName = (typeof jobFacetNames)[number];
export interface JobFacet {
  readonly name: JobFacetName;
  readonly buckets: readonly { readonly value: string; readonly label: string; readonly count: number }[];
}

/** Relay page arguments, checked by whoever takes them: `first`/`last` at most 100, never both. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}
export interface Page<Node, Extra = object> {
  readonly edges: readonly ({ readonly node: Node; readonly cursor: string } & Extra)[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export interface JobsQuery extends PageArguments {
  readonly query?: string | null;
  readonly filter?: JobFilter | null;
  readonly orderBy?: JobOrder | null;
  /** Also jobs that never matched what the owner asked for. */
  readonly includeUnmatched?: boolean;
}
