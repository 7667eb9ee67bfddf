import type { EngagementDuration, ExperienceLevel, JobType, Workload } from '../../jobs/model.ts';

/* Upwork's words and what they stand for here (FACTS §5). */

/** Types of a job. */
export const types: Readonly<Record<string, JobType>> = { HOURLY: 'HOURLY', FIXED: 'FIXED_PRICE' };
/** Levels of experience. */
export const levels: Readonly<Record<string, ExperienceLevel>> = {
  ENTRY_LEVEL: 'ENTRY',
  INTERMEDIATE: 'INTERMEDIATE',
  EXPERT: 'EXPERT',
};
/** How long an engagement is planned to last. */
export const durations: Readonly<Record<string, EngagementDuration>> = {
  WEEK: 'LESS_THAN_1_MONTH',
  MONTH: 'ONE_TO_3_MONTHS',
  QUARTER: 'THREE_TO_6_MONTHS',
  SEMESTER: 'MORE_THAN_6_MONTHS',
  ONGOING: 'MORE_THAN_6_MONTHS',
};
/** The same, as Upwork writes it for people. */
export const durationLabels: Readonly<Record<string, EngagementDuration>> = {
  'Less than 1 month': 'LESS_THAN_1_MONTH',
  '1 to 3 months': 'ONE_TO_3_MONTHS',
  '3 to 6 months': 'THREE_TO_6_MONTHS',
  'More than 6 months': 'MORE_THAN_6_MONTHS',
};
/** Hours a week. */
export const engagements: Readonly<Record<string, Workload>> = {
  PART_TIME: 'LESS_THAN_30_HOURS',
  FULL_TIME: 'MORE_THAN_30_HOURS',
  AS_NEEDED: 'AS_NEEDED',
};
/** How far the client's means of payment were checked. */
export const verification: Readonly<Record<string, boolean>> = {
  VERIFIED: true,
  NOT_VERIFIED: false,
  ACTIVE_BUT_NOT_VERIFIED: false,
  VERIFICATION_IN_PROGRESS: false,
};
