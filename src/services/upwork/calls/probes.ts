import { type ProbeName, type ProbeResult, type UpworkApi, UpworkError, type UpworkIdentity } from '../model.ts';

/** One small query a scope (FACTS §4: there is no call that lists a key's scopes). */
export const probeDocuments: Readonly<Record<ProbeName, string>> = {
  job_search: `query ProbeJobSearch {
  marketplaceJobPostingsSearch(
    marketPlaceJobFilter: { pagination_eq: { first: 1, after: "0" } }
    searchType: USER_JOBS_SEARCH
    sortAttributes: [{ field: RECENCY }]
  ) { pageInfo { hasNextPage } edges { node { id amount { rawValue } } } }
}`,
  proposals: `query ProbeProposals {
  vendorProposals(
    filter: { status_eq: Accepted }
    sortAttribute: { field: CREATEDDATETIME, sortOrder: DESC }
    pagination: { first: 1, after: "0" }
  ) { pageInfo { hasNextPage } edges { node { id } } }
}`,
  contract_list: 'query ProbeContracts { contractList(ids: ["0"]) { contracts { id } } }',
  work_history: `query ProbeWorkHistory($personId: ID!) {
  talentWorkHistory(filter: { personId: $personId, status: [ACTIVE] }) { workHistoryList { contract { id } } }
}`,
  connects: 'query ConnectsBalance { connectsSummary { connectsBalance } }',
};

/**
 * Asks one small query and tells what its refusal means: a missing scope, or a product tier that Upwork does not offer to this key (FACTS §3.1).
 * @throws UpworkError for anything that is no answer to the question
 */
export async function probe(
  api: UpworkApi,
  name: ProbeName,
  { userId }: UpworkIdentity,
  signal?: AbortSignal,
): Promise<ProbeResult> {
  try {
    const operation = { name: `Probe_${name}`, document: probeDocuments[name], kind: 'query' } as const;
    const variables = name === 'work_history' ? { personId: userId } : {};
    await api.request(operation, variables, { purpose: 'IDENTITY', ...(signal && { signal }) });
    return 'granted';
  } catch (error) {
    if (!(error instanceof UpworkError)) throw error;
    if (error.code === 'missing_scopes') return 'missing';
    if (error.code === 'authorization_failed') return 'not_offered';
    throw error;
  }
}
