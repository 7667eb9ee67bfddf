import type { CriterionName } from '../jobs/model.ts';
import type { SavedSearch } from '../searches/model.ts';
import type { FieldFigures, UpworkLosses } from '../upwork/model.ts';

/** Something of our queries that the platform no longer knows, so that it is asked without it. */
export interface LostField {
  /** `marketplaceJobPostingsSearch.edges.node.client.totalSpent`, or `filter.jobType_eq`. */
  readonly path: string;
  readonly operation: string;
  readonly since: Date;
  /** The platform's words. */
  readonly said: string;
  /** Figures of ours that are unknown meanwhile. */
  readonly figures: readonly string[];
  /** Criteria that cannot be judged meanwhile. */
  readonly criteria: readonly CriterionName[];
  /** Enabled saved searches with one of these criteria. */
  readonly searches: readonly SavedSearch[];
}

export const fieldChanges = ['WITHHELD', 'UNREADABLE', 'UNKNOWN'] as const;
/** What has become of a field: null where it used to be told, of a form that cannot be read, or a word that is not known. */
export type FieldChange = (typeof fieldChanges)[number];

/** A field that has become other than its own history. Gone once it is as it was. */
export interface FieldIncident {
  /** `posting.client.totalSpent`. */
  readonly field: string;
  readonly change: FieldChange;
  readonly since: Date;
  /** Shape of one such value (`"99/99/9999"`), never its content. */
  readonly example?: string;
  /** One sentence for people. */
  readonly message: string;
}

/** How often one field was looked at on one UTC day, and how it came. */
export interface FieldDay {
  readonly field: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly seen: number;
  readonly withheld: number;
  readonly unreadable: number;
  readonly unknown: number;
}

/** Watches what the platform's answers are made of. */
export interface Sentinel {
  /** For the adapter: what to ask without. */
  readonly losses: UpworkLosses;
  /** For the readers: how each field came. */
  readonly figures: FieldFigures;
  lost(): readonly LostField[];
  incidents(): readonly FieldIncident[];
  /** Newest day first. */
  days(): readonly FieldDay[];
}
