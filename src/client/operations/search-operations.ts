import type { Notice } from './answers.ts';
import { document } from './document.ts';
import { criteriaFields, jobSummaryFields, noticeFields, warningFields } from './fragments.ts';
import type { SavedSearchPayload, SavedSearchSummary, SavedSearchWithJobs } from './search-answers.ts';

/** Documents about saved searches. */

const summaryFields = `
fragment SavedSearchSummaryFields on SavedSearch {
  id name query scan enabled snoozedUntil lastScanAt notify unseenCount version
}`;

const searchFields = `
fragment SavedSearchFields on SavedSearch {
  ...SavedSearchSummaryFields
  criteria { ...CriteriaFields }
  createdAt updatedAt
}`;

const searchFragments = [searchFields, summaryFields, criteriaFields] as const;

const payloadFields = `
fragment SavedSearchPayloadFields on SavedSearchPayload {
  savedSearch { ...SavedSearchFields }
  warnings { ...WarningFields }
  errors { ...ErrorFields }
}`;

const payloadFragments = [payloadFields, ...searchFragments, warningFields, noticeFields] as const;

export const savedSearches = document<
  {
    savedSearches: {
      nodes: SavedSearchSummary[];
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  },
  { first: number; after?: string }
>(
  `query SavedSearches($first: Int!, $after: String) {
  savedSearches(first: $first, after: $after) {
    nodes { ...SavedSearchSummaryFields }
    totalCount
    pageInfo { hasNextPage endCursor }
  }
}`,
  summaryFields,
);

export const savedSearch = document<{ savedSearch: SavedSearchWithJobs | null }, { id: string; first: number }>(
  `query SavedSearch($id: ID!, $first: Int!) {
  savedSearch(id: $id) {
    ...SavedSearchFields
    jobs(first: $first) { nodes { ...JobSummaryFields } totalCount }
  }
}`,
  ...searchFragments,
  jobSummaryFields,
);

export const createSavedSearch = document<{ createSavedSearch: SavedSearchPayload }, { input: object }>(
  `mutation CreateSavedSearch($input: CreateSavedSearchInput!) {
  createSavedSearch(input: $input) { ...SavedSearchPayloadFields }
}`,
  ...payloadFragments,
);

export const updateSavedSearch = document<{ updateSavedSearch: SavedSearchPayload }, { input: object }>(
  `mutation UpdateSavedSearch($input: UpdateSavedSearchInput!) {
  updateSavedSearch(input: $input) { ...SavedSearchPayloadFields }
}`,
  ...payloadFragments,
);

export const deleteSavedSearch = document<
  { deleteSavedSearch: { deletedSavedSearchId: string | null; errors: Notice[] } },
  { input: { savedSearchId: string } }
>(
  `mutation DeleteSavedSearch($input: DeleteSavedSearchInput!) {
  deleteSavedSearch(input: $input) { deletedSavedSearchId errors { ...ErrorFields } }
}`,
  noticeFields,
);
