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

/**
 * An amount as a canonical decimal string (`"1250.5"`, no exponent, no sign of a currency) and its ISO 4217 code.
 * Never a float.
 */
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
  /** Where the client would like freelancers to be, in Upwork's words; whether elsewhere is out of the question. */
  readonly preferredLocations?: readonly string[];
  readonly isLocationMandatory?: boolean;
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
  /** Lists of which Upwork withheld entries: what is known of them already is more. */
  readonly incomplete?: readonly ('skills' | 'questions')[];
  readonly postedAt?: Date;
  readonly renewedAt?: Date;
  /** As Upwork sent it, JSON text; at most 256 KiB, else absent. */
  readonly raw?: string;
}
