import type { JobSummary, Notice, Scan } from './answers.ts';

/** What a filter would have done over what is stored. */
export interface SearchPreview {
  since: string;
  matches: number;
  matchesPerDay: number;
  peakPerHour: number;
  sample: JobSummary[];
  /** The newest of them, and how many they are in all. */
  onlyBefore: JobSummary[];
  onlyBeforeCount: number;
  onlyNow: JobSummary[];
  onlyNowCount: number;
  funnel: Diagnosis['funnel'];
  suggestions: Diagnosis['suggestions'];
}

/** Why something was found, or not. */
export type Diagnosis = NonNullable<Scan['diagnosis']>;

/** What importing a configuration changes. */
export interface ConfigurationPlan {
  changes: { path: string; before: unknown; after: unknown }[];
  applied: boolean;
  warnings: Notice[];
  errors: Notice[];
}
