import type { GraphQLField, GraphQLObjectType } from 'graphql';
import { jobFacetNames } from '../../services/jobs/model.ts';

/**
 * How many things a list of objects outside of connections can hold (issue 11, point 1): the bound its service keeps,
 * or more than it ever has; 1 where its things are small and were read with their object, so that reading them takes
 * no more. What is asked inside is charged so often. A field of every payload stands under `*`.
 */
export const listSizes: Readonly<Record<string, number>> = {
  '*.errors': 10,
  '*.warnings': 10,
  'Contract.milestones': 1,
  'Coverage.gaps': 100,
  'ImportConfigurationPayload.changes': 100,
  'Job.matchedSearches': 50,
  'Job.screeningQuestions': 20,
  'JobCategory.subcategories': 20,
  'JobConnection.facets': jobFacetNames.length,
  'JobFacet.buckets': 50,
  'JobPostedEvent.matchedSearches': 50,
  'MatchScore.factors': 20,
  'PlatformStatus.capabilities': 20,
  'PlatformStatus.scopes': 20,
  'Proposal.answers': 1,
  'Proposal.blockers': 1,
  'Proposal.history': 50,
  'ProposalStats.byStatus': 10,
  'ProposalTerms.milestones': 1,
  'Query.apiTokens': 100,
  'Query.categories': 20,
  'Query.platformStatuses': 1,
  'RequestBudget.byPurpose': 20,
  'ScanDiagnosis.funnel': 20,
  'ScanDiagnosis.suggestions': 1,
  'ScanDropReason.samples': 5,
  'ScanFunnelStep.reasons': 1,
  'SearchPreview.funnel': 20,
  'SearchPreview.onlyBefore': 100,
  'SearchPreview.onlyNow': 100,
  'SearchPreview.sample': 10,
  'SearchPreview.suggestions': 1,
  'SystemInfo.checks': 10,
  'TriageJobsPayload.jobs': 100,
};

/**
 * Points of fields that do more than give what was read with their object: they ask the database, or weigh many bytes
 * (issue 11, point 1 and letter J). Every other field costs one, and a leaf nothing.
 */
const prices: Readonly<Record<string, number>> = {
  'Job.description': 5,
  'Job.raw': 10,
  'Job.highlights': 2,
  'Job.excerpt': 2,
  'Job.matchedSearches': 5,
  'JobConnection.totalCount': 20,
  'JobConnection.totalCountIsExact': 20,
  'JobPostedEvent.matchedSearches': 5,
  'Proposal.coverLetter': 2,
  'Proposal.history': 2,
  'ProposalConnection.totalCount': 5,
  'ContractConnection.totalCount': 5,
  'Query.exportConfiguration': 20,
  'Query.coverage': 20,
  'Query.previewSearch': 400,
  'Query.proposalStats': 20,
  // Asking what is left costs nothing, so that it can be asked when nothing is left.
  'Query.rateLimit': 0,
  'Query.scanLatency': 20,
  'Query.whyNot': 20,
  'SavedSearch.jobs': 20,
  'SavedSearch.unseenCount': 5,
  'ScanConnection.totalCount': 5,
};

/** Each trait counted looks at every job of the list. */
const facetPrice = 60;
/** A text or a filter may look at every job before it has filled a page. */
const narrowedPrice = 60;

/** How many things the list behind a field can hold; undefined where it is not declared. */
export function sizeOf(parent: GraphQLObjectType, { name }: Pick<GraphQLField<unknown, unknown>, 'name'>) {
  return listSizes[`${parent.name}.${name}`] ?? listSizes[`*.${name}`];
}

/** Points a field costs by itself, whatever is asked inside. */
export function priceOf(
  parent: GraphQLObjectType,
  { name }: Pick<GraphQLField<unknown, unknown>, 'name'>,
  { isLeaf, args }: { readonly isLeaf: boolean; readonly args: Readonly<Record<string, unknown>> },
): number {
  const coordinate = `${parent.name}.${name}`;
  if (coordinate === 'JobConnection.facets') {
    const { names } = args;
    return facetPrice * (Array.isArray(names) ? new Set(names).size : jobFacetNames.length);
  }
  if (coordinate === 'Query.jobs') return args['filter'] || args['query'] ? 1 + narrowedPrice : 1;
  return prices[coordinate] ?? (isLeaf ? 0 : 1);
}

/** Coordinates that have a price or a size of their own, for whoever checks that they exist. */
export const declared: readonly string[] = [...Object.keys(listSizes), ...Object.keys(prices)];
