import type { JobCriteria, JobSummary, Notice } from './answers.ts';

/** A saved search in a list. */
export interface SavedSearchSummary {
  id: string;
  name: string;
  query: string | null;
  scan: boolean;
  enabled: boolean;
  snoozedUntil: string | null;
  lastScanAt: string | null;
  notify: boolean;
  unseenCount: number;
  version: number;
}

/** A saved search with all it asks for. */
export interface SavedSearch extends SavedSearchSummary {
  criteria: JobCriteria;
  createdAt: string;
  updatedAt: string;
}

/** A saved search with the newest jobs that match it. */
export interface SavedSearchWithJobs extends SavedSearch {
  jobs: { nodes: JobSummary[]; totalCount: number };
}

/** What creating and changing a saved search gives. */
export interface SavedSearchPayload {
  savedSearch: SavedSearch | null;
  warnings: Notice[];
  errors: Notice[];
}
