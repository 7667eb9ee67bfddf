import type { CriterionName, JobCriteria } from '../criteria/model.ts';
import type { Posting } from '../posting.ts';

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
   * Stores a batch inside the caller's transaction: inserts unknown postings, updates changed ones, decides which match
   * `criteria` (undefined = all, `none` = none) or one of the searches, marks the ones that match for the first time as `new`. Never
   * touches triage, notes, tags. Returns one outcome per distinct posting, in the order of the input.
   */
  store(
    postings: readonly Posting[],
    criteria: JobCriteria | 'none' | undefined,
    searches?: readonly JudgingSearch[],
  ): StoredBatch;
  /** What `store` would do, without writing. */
  rehearse(
    postings: readonly Posting[],
    criteria: JobCriteria | 'none' | undefined,
    searches?: readonly JudgingSearch[],
  ): StoredBatch;
}
