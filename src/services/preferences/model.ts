import type { Warning } from '../failures/model.ts';
import type { JobCriteria, ScoreWeights } from '../jobs/model.ts';

export interface QuietHours {
  /** `HH:MM`; an `end` before `start` is the next morning. */
  readonly start: string;
  readonly end: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** What and how often to scan, from the YAML. */
export interface ScanPreferences {
  /** `preferences_upwork`. */
  readonly id: string;
  readonly enabled: boolean;
  readonly intervalMs: number;
  readonly quietHours?: QuietHours;
  readonly criteria: JobCriteria;
  /** Without any criterion scanning waits, unless this says that the whole market is wanted. */
  readonly scanEverything: boolean;
  readonly maxResultsPerScan: number;
  readonly requestsPerDay: number;
  readonly connectsPerDay?: number;
  readonly connectsWarning?: number;
  /** How much each factor of a score counts. */
  readonly scoreWeights: ScoreWeights;
  /** Percent of earnings that the platform keeps, by the person's own estimate; decimal string, 0–50. */
  readonly serviceFee: string;
  readonly warnings: readonly Warning[];
  readonly version: number;
  readonly updatedAt: Date;
}

/** Fields left out are unchanged; null clears (back to the default). */
export interface PreferencesPatch {
  readonly enabled?: boolean | null;
  readonly intervalMs?: number | null;
  readonly quietHours?: QuietHours | null;
  readonly criteria?: { readonly [Key in keyof JobCriteria]?: JobCriteria[Key] | null } | null;
  readonly scanEverything?: boolean | null;
  readonly maxResultsPerScan?: number | null;
  readonly requestsPerDay?: number | null;
  readonly connectsPerDay?: number | null;
  readonly connectsWarning?: number | null;
  /** Weights left out are the default ones. */
  readonly scoreWeights?: Partial<ScoreWeights> | null;
  readonly serviceFee?: string | null;
}

export interface PreferencesService {
  current(): ScanPreferences;
  /** Validates, writes the YAML with comments and order kept, then the version. With `dryRun` nothing is written. @throws DomainError VALIDATION (every problem), CONFLICT */
  update(patch: PreferencesPatch, options: { expectedVersion?: number; dryRun: boolean }): ScanPreferences;
  /** Back to the defaults. */
  reset(): ScanPreferences;
  /** Problems of the file on disk now, one sentence each with file, line and key; empty when the file is in force. */
  problems(): readonly string[];
  /** Calls the listener after every change, from GraphQL or from disk. */
  onChange(listener: (preferences: ScanPreferences) => void): () => void;
  /** Starts watching the file; returns how to stop. */
  watch(): () => void;
}
