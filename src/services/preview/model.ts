import type { ScanDiagnosis, ScanFunnelStep, ScanSuggestion } from '../scanner/model.ts';
import type { CriteriaPatch, SavedSearch } from '../searches/model.ts';

/** What a filter would have done over what is stored. Jobs are ids, newest posted first. */
export interface SearchPreview {
  /** What was examined: as asked, but no earlier than content is kept. */
  readonly since: Date;
  readonly matches: number;
  readonly matchesPerDay: number;
  /** The most matches posted within any one hour. */
  readonly peakPerHour: number;
  readonly sample: readonly string[];
  /** Matches of the saved search compared with that this filter loses: the newest 100, and how many they are in all. */
  readonly onlyBefore: readonly string[];
  readonly onlyBeforeCount: number;
  /** And those it gains. */
  readonly onlyNow: readonly string[];
  readonly onlyNowCount: number;
  readonly funnel: readonly ScanFunnelStep[];
  readonly suggestions: readonly ScanSuggestion[];
}

export interface PreviewInput {
  readonly query?: string | null;
  readonly criteria?: CriteriaPatch | null;
  readonly savedSearchId?: string | null;
  readonly since: Date;
}

/** Trying a filter out, and asking why. Writes nothing, sends nothing, asks Upwork nothing. */
export interface PreviewService {
  /** @throws DomainError VALIDATION, NOT_FOUND (the saved search); RefusedError BAD_USER_INPUT for a text that is too long */
  preview(input: PreviewInput): SearchPreview;
  /** Why a job passes or does not pass the preferences, or a saved search. @throws DomainError NOT_FOUND */
  whyNot(jobId: string, savedSearchId?: string): ScanDiagnosis;
}

export type { SavedSearch };
