export const jobTypes = ['HOURLY', 'FIXED_PRICE'] as const;
export type JobType = (typeof jobTypes)[number];
export const experienceLevels = ['ENTRY', 'INTERMEDIATE', 'EXPERT'] as const;
export type ExperienceLevel = (typeof experienceLevels)[number];
export const workloads = ['LESS_THAN_30_HOURS', 'MORE_THAN_30_HOURS', 'AS_NEEDED'] as const;
export type Workload = (typeof workloads)[number];
export const engagementDurations = [
  'LESS_THAN_1_MONTH',
  'ONE_TO_3_MONTHS',
  'THREE_TO_6_MONTHS',
  'MORE_THAN_6_MONTHS',
] as const;
export type EngagementDuration = (typeof engagementDurations)[number];
export const clientHistories = ['NO_HIRES', 'ONE_TO_9_HIRES', 'TEN_PLUS_HIRES'] as const;
export type ClientHistory = (typeof clientHistories)[number];
export const jobStates = ['OPEN', 'CLOSED', 'FILLED', 'REMOVED', 'UNKNOWN'] as const;
export type JobState = (typeof jobStates)[number];
export const jobTriages = ['NEW', 'SEEN', 'SHORTLISTED', 'DISMISSED', 'APPLIED'] as const;
export type JobTriage = (typeof jobTriages)[number];

/** An amount as a canonical decimal string (`"1250.5"`, no exponent, no sign of a currency) and its ISO 4217 code. Never a float. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}
export interface MoneyRange {
  readonly min?: Money;
  readonly max?: Money;
}
export interface ScreeningQuestion {
  readonly position: number;
  readonly text: string;
  readonly required: boolean;
}

/** Who posted it. Everything may be withheld by Upwork. */
export interface JobClient {
  readonly externalId?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  readonly city?: string;
  readonly timeZone?: string;
  readonly paymentVerified?: boolean;
  /** Decimal string, 0–5. */
  readonly rating?: string;
  readonly reviewCount?: number;
  readonly totalSpent?: Money;
  readonly hires?: number;
  readonly jobsPosted?: number;
  /** `YYYY-MM-DD`. */
  readonly memberSince?: string;
}

/** A job as Upwork describes it: parsed, normalised, every string well-formed and free of NUL (T10). */
export interface Posting {
  /** Canonical numeric id. */
  readonly externalId: string;
  readonly ciphertext?: string;
  readonly title: string;
  readonly description: string;
  readonly type?: JobType;
  readonly hourlyRate?: MoneyRange;
  readonly fixedBudget?: Money;
  readonly connectsRequired?: number;
  readonly experienceLevel?: ExperienceLevel;
  readonly workload?: Workload;
  readonly duration?: EngagementDuration;
  readonly categoryId?: string;
  readonly categoryLabel?: string;
  readonly subcategoryId?: string;
  readonly subcategoryLabel?: string;
  readonly skills: readonly string[];
  readonly questions: readonly ScreeningQuestion[];
  readonly client: JobClient;
  readonly proposals?: number;
  readonly interviewing?: number;
  readonly invitesSent?: number;
  readonly hires?: number;
  readonly state: JobState;
  readonly applied: boolean;
  readonly postedAt?: Date;
  readonly renewedAt?: Date;
  /** As Upwork sent it, JSON text; at most 256 KiB, else absent. */
  readonly raw?: string;
}

export interface ScoreFactor {
  readonly name: string;
  readonly points: number;
  readonly explanation: string;
}
/** How much each factor counts, in relation to the others; at least 0. */
export interface ScoreWeights {
  readonly skills: number;
  readonly budget: number;
  readonly client: number;
  readonly competition: number;
  readonly timing: number;
}

export const defaultScoreWeights: ScoreWeights = { skills: 30, budget: 20, client: 25, competition: 15, timing: 10 };

export interface MatchScore {
  readonly value: number;
  readonly factors: readonly ScoreFactor[];
  readonly computedAt: Date;
}
export interface JobActivity {
  readonly proposals?: number;
  readonly interviewing?: number;
  readonly invitesSent?: number;
  readonly hires?: number;
  readonly lastViewedByClientAt?: Date;
  readonly observedAt: Date;
}

/** A posting once stored. Content is empty once `contentPurged`. */
export interface Job {
  readonly seq: number;
  readonly id: string;
  readonly externalId: string;
  readonly url: string;
  readonly title: string;
  readonly description: string;
  readonly type?: JobType;
  readonly hourlyRate?: MoneyRange;
  readonly fixedBudget?: Money;
  readonly connectsRequired?: number;
  readonly experienceLevel?: ExperienceLevel;
  readonly workload?: Workload;
  readonly duration?: EngagementDuration;
  /** Label of the subcategory, else of the category. */
  readonly category?: string;
  readonly skills: readonly string[];
  readonly questions: readonly ScreeningQuestion[];
  readonly client: JobClient;
  readonly activity?: JobActivity;
  readonly state: JobState;
  readonly triage: JobTriage;
  readonly notes?: string;
  readonly tags: readonly string[];
  readonly score?: MatchScore;
  readonly postedAt: Date;
  readonly firstSeenAt: Date;
  readonly updatedAt: Date;
  readonly contentExpiresAt?: Date;
  readonly contentPurged: boolean;
  readonly raw?: string;
}

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

export interface InstantRange {
  readonly gte?: Date;
  readonly lt?: Date;
}

/** `JobFilter` of the schema, moving windows already resolved. Unless `includeUnmatched`, only jobs that have matched what the owner asked for. */
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

export interface JobService {
  byId(id: string): Job | undefined;
  bySeq(seq: number): Job | undefined;
  /** Any id form: numeric, `~01…`/`~02…`, or a URL that ends in one. */
  byExternalId(externalId: string): Job | undefined;
  /** One page. `highlights`/`excerpt` of a text query are asked separately. @throws RefusedError BAD_USER_INPUT */
  list(query: JobsQuery): Page<Job, { readonly rank?: number }>;
  /** Counted at most to 10,000. */
  count(query: JobsQuery): { count: number; exact: boolean };
  facets(query: JobsQuery, names: readonly JobFacetName[]): JobFacet[];
  /** HTML-escaped fragments with `<mark>` around the matches of the text query. */
  highlights(job: Job, query: string): string[];
  /** Plain text; with a query the matching part. `length` in characters. */
  excerpt(job: Job, length: number, query?: string): string;
  /** Does this stored job pass the filter? For live subscriptions. */
  passes(jobId: string, filter: JobFilter): boolean;
  /** @throws DomainError NOT_FOUND, VALIDATION */
  update(input: {
    jobId: string;
    triage?: JobTriage | null;
    notes?: string | null;
    tags?: readonly string[] | null;
  }): Job;
  triage(jobIds: readonly string[], triage: JobTriage): { jobs: Job[]; missing: string[] };
  /** Problems of criteria: contradictions, unknown words, empty ranges; empty when fine. */
  checkCriteria(criteria: JobCriteria): import('../failures/model.ts').UserFailure[];
  /** How many stored jobs the criteria match, among those whose content is kept, and since when that is. */
  countMatching(criteria: JobCriteria): { count: number; since: Date };
  /** Empties the content of postings past their retention; returns how many. */
  purgeExpired(): number;
  /** Deletes everything taken from the platform; returns how many records. */
  purgeAll(): number;
}

/** A saved search, as far as intake judges by it. */
export interface JudgingSearch {
  readonly id: string;
  readonly query?: string;
  readonly criteria: JobCriteria;
}

/** What storing a batch made of each posting. */
export interface StoredBatch {
  readonly outcomes: readonly {
    readonly seq: number;
    readonly jobId: string;
    readonly outcome: 'new' | 'updated' | 'duplicate' | 'filtered';
    /** Why it is `filtered`: the criteria that do not hold. */
    readonly droppedBy: readonly CriterionName[];
    readonly changed: readonly string[];
    /** Whether it matches `criteria`, whatever the searches say; false once purged. */
    readonly meetsCriteria: boolean;
    /** Ids of the searches it matches, in their order; none once purged. */
    readonly searchIds: readonly string[];
  }[];
}
export interface JobIntake {
  /**
   * Stores a batch inside the caller's transaction: inserts unknown postings, updates changed ones, decides which match `criteria` (undefined = all) or one of the
   * searches, marks the ones that match for the first time as `new`. Never touches triage, notes, tags. Returns one outcome per distinct posting, input order.
   */
  store(
    postings: readonly Posting[],
    criteria: JobCriteria | undefined,
    searches?: readonly JudgingSearch[],
  ): StoredBatch;
  /** What `store` would do, without writing. */
  rehearse(
    postings: readonly Posting[],
    criteria: JobCriteria | undefined,
    searches?: readonly JudgingSearch[],
  ): StoredBatch;
}
