import type { Warning } from '../failures/model.ts';
import type { JobCriteria, Page, PageArguments } from '../jobs/model.ts';

/** A named filter. With `scan` it is also asked of Upwork at every scan; without, it only judges what is read anyway. */
export interface SavedSearch {
  readonly seq: number;
  /** `search_…`. */
  readonly id: string;
  readonly name: string;
  /** Full text, as `jobs(query:)` takes it. */
  readonly query?: string;
  readonly criteria: JobCriteria;
  readonly scan: boolean;
  /** A disabled one does nothing; what it matched before stays. */
  readonly enabled: boolean;
  /** Until then it collects matches without announcing any. */
  readonly snoozedUntil?: Date;
  /** When it was last asked of Upwork. */
  readonly lastScanAt?: Date;
  /** Whether what matches this search alone is announced. */
  readonly notify: boolean;
  readonly channelIds: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

/** A criterion that is null is taken away again. */
export type CriteriaPatch = { readonly [Key in keyof JobCriteria]?: JobCriteria[Key] | null };

export interface CreateSearchInput {
  readonly name: string;
  readonly query?: string | null;
  readonly criteria?: CriteriaPatch | null;
  readonly scan: boolean;
  readonly notify: boolean;
  readonly channelIds?: readonly string[] | null;
}
/** Absent leaves alone, null clears. */
export interface UpdateSearchInput {
  readonly savedSearchId: string;
  readonly name?: string;
  readonly query?: string | null;
  readonly criteria?: CriteriaPatch | null;
  readonly scan?: boolean;
  readonly enabled?: boolean;
  readonly snoozedUntil?: Date | null;
  readonly notify?: boolean;
  readonly channelIds?: readonly string[] | null;
  readonly expectedVersion?: number;
}

/** What a mutation of searches gives. */
export interface SearchChange {
  readonly search: SavedSearch;
  readonly warnings: readonly Warning[];
}

export interface SearchService {
  byId(id: string): SavedSearch | undefined;
  /** Oldest first. @throws RefusedError BAD_USER_INPUT */
  list(page: PageArguments): Page<SavedSearch>;
  count(): number;
  /** All of them, oldest first: few enough to be held. */
  all(): readonly SavedSearch[];
  /** Searches this job matched when it was read, or when they were last changed. */
  ofJob(jobId: string): readonly SavedSearch[];
  /** Jobs it matches now whose triage is NEW: as many as `jobs` lists for it. Counted at most to 10,000. */
  unseenCount(id: string): number;
  /**
   * What it matches among the stored jobs becomes part of what was asked for, silently.
   * @throws DomainError VALIDATION (every problem)
   */
  create(input: CreateSearchInput): SearchChange;
  /** @throws DomainError NOT_FOUND, VALIDATION, CONFLICT */
  update(input: UpdateSearchInput): SearchChange;
  /** The jobs it found stay. @throws DomainError NOT_FOUND */
  remove(id: string): void;
}

/** A search that takes part in scans. */
export interface ActiveSearch extends SavedSearch {
  /** Snoozed, or not to be announced. */
  readonly isSilent: boolean;
}

/** The face towards scanning. */
export interface SearchesForScans {
  /** The enabled ones, oldest first. */
  active(): readonly ActiveSearch[];
  /** Joins the caller's transaction. */
  noteMatches(jobId: string, searchIds: readonly string[]): void;
  /** They have been asked of Upwork. Joins the caller's transaction. */
  noteScanned(searchIds: readonly string[], at: Date): void;
  /** Calls the listener after every change of a search, outside its transaction. Returns how to stop. */
  onChange(listener: () => void): () => void;
}
