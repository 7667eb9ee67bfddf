import type { GraphQLField, GraphQLObjectType } from 'graphql';
import { jobFacetNames } from '../../services/jobs/model.ts';
import { rootPrices } from './root-prices.ts';

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
  'LostField.savedSearches': 50,
  'PlatformStatus.capabilities': 20,
  'PlatformStatus.fieldDays': 1,
  'PlatformStatus.fieldIncidents': 1,
  'PlatformStatus.lostFields': 20,
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
  'ScanPreferences.requestPlan': 1,
  'ScanDiagnosis.suggestions': 1,
  'ScanDropReason.samples': 5,
  'ScanFunnelStep.reasons': 1,
  'SearchPreview.funnel': 20,
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
  ...rootPrices,
  'AuditEntry.subject': 1,
  'AuditEntryConnection.totalCount': 5,
  'Contract.job': 1,
  'Contract.proposal': 1,
  'ContractConnection.totalCount': 5,
  'Job.description': 5,
  'Job.excerpt': 2,
  'Job.highlights': 2,
  'Job.matchedSearches': 5,
  'Job.proposal': 1,
  'Job.raw': 10,
  'JobConnection.totalCount': 20,
  'JobConnection.totalCountIsExact': 20,
  'JobPostedEvent.matchedSearches': 5,
  'Milestone.contract': 1,
  'NodeChangedEvent.node': 1,
  'PlatformStatus.fieldDays': 60,
  'PlatformStatus.fieldIncidents': 5,
  'PlatformStatus.lastScan': 1,
  'PlatformStatus.lostFields': 1,
  'PlatformStatus.nextScanAt': 1,
  'PlatformStatus.paused': 1,
  // Known without asking anybody.
  'PlatformStatus.redirectUri': 0,
  'PlatformStatus.requestBudget': 2,
  'Proposal.blockers': 2,
  'Proposal.contract': 1,
  'Proposal.coverLetter': 2,
  'Proposal.history': 2,
  'Proposal.job': 1,
  'ProposalConnection.totalCount': 5,
  'Query.coverage': 20,
  'Query.exportConfiguration': 20,
  'Query.previewSearch': 400,
  'Query.proposalStats': 20,
  // Asking what is left costs nothing, so that it can be asked when nothing is left.
  'Query.rateLimit': 0,
  'Query.scanLatency': 20,
  'Query.whyNot': 20,
  'SavedSearch.jobs': 20,
  'SavedSearch.unseenCount': 5,
  'SavedSearchConnection.totalCount': 1,
  'Scan.diagnosis': 5,
  'Scan.jobs': 20,
  'ScanConnection.totalCount': 5,
  'ScanDropReason.samples': 1,
  'ScanPreferences.effectiveInterval': 1,
  'ScanPreferences.estimatedRequestsPerDay': 1,
  'ScanPreferences.expectedLatency': 1,
  'ScanPreferences.requestPlan': 2,
  'SearchPreview.onlyBefore': 1,
  'SearchPreview.onlyNow': 1,
  'SearchPreview.sample': 1,
  'SystemInfo.checks': 1,
  'SystemInfo.health': 1,
};

/** Each trait counted looks at every job of the list. */
const facetPrice = 60;
/** A text or a filter may look at every job before it has filled a page. */
const narrowedPrice = 60;

const facets = 'JobConnection.facets';
const jobs = 'Query.jobs';

/** How many things the list behind a field can hold; undefined where it is not declared. */
export function sizeOf(parent: GraphQLObjectType, { name }: Pick<GraphQLField<unknown, unknown>, 'name'>) {
  return listSizes[`${parent.name}.${name}`] ?? listSizes[`*.${name}`];
}

/** Whether this is a connection, whose `edges` and `nodes` are free and as many as its page has places (CONVENTIONS §9). */
export function isConnection({ name }: { readonly name: string }): boolean {
  return name.endsWith('Connection');
}

/** Whether this field is the page of a connection. */
export function isOfPage(parent: GraphQLObjectType, { name }: Pick<GraphQLField<unknown, unknown>, 'name'>): boolean {
  return isConnection(parent) && (name === 'edges' || name === 'nodes');
}

/** Points a field costs by itself, whatever is asked inside. */
export function fieldPrice(
  parent: GraphQLObjectType,
  field: Pick<GraphQLField<unknown, unknown>, 'name'>,
  asked: { readonly isLeaf: boolean; readonly args: Readonly<Record<string, unknown>> },
): number {
  const isFree = isOfPage(parent, field) || (parent.name.endsWith('Edge') && field.name === 'node');
  return isFree ? 0 : priceOf(parent, field, asked);
}

function priceOf(
  parent: GraphQLObjectType,
  { name }: Pick<GraphQLField<unknown, unknown>, 'name'>,
  { isLeaf, args }: { readonly isLeaf: boolean; readonly args: Readonly<Record<string, unknown>> },
): number {
  const coordinate = `${parent.name}.${name}`;
  if (coordinate === facets) {
    const { names } = args;
    return facetPrice * (Array.isArray(names) ? new Set(names).size : jobFacetNames.length);
  }
  if (coordinate === jobs) return args['filter'] || args['query'] ? 1 + narrowedPrice : 1;
  return prices[coordinate] ?? (isLeaf ? 0 : 1);
}

/** Coordinates with a price of their own, for whoever checks that all that ask have one. */
export const priced: readonly string[] = [facets, jobs, ...Object.keys(prices)];
/** Coordinates that have a price or a size of their own, for whoever checks that they exist. */
export const declared: readonly string[] = [...Object.keys(listSizes), ...priced];
