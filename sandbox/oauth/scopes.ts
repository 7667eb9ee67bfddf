import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/** What each scope opens, as `Type.field` or a whole `Type.*`. Names: FACTS §4; those without a published name go by their form label. */
const opened: Record<string, readonly string[]> = {
  'pub-commons:read:all': ['Money.*', 'PageInfo.*', 'DateTime.*'],
  'pub-marketplace-job-postings:read:all': ['Query.marketplaceJobPostingsSearch', 'Query.marketplaceJobPosting'],
  'pub-ontology:read:all': ['Query.ontologyCategories'],
  'pub-userdetails:read:all': [
    'CurrentUser.name',
    'CurrentUser.email',
    'CurrentUser.photoUrl',
    'CurrentUser.ciphertext',
  ],
  'pub-talent-profiles:write:all': ['Query.vendorProposal', 'Query.vendorProposals'],
  'pub-talent-workhistory:read:all': ['Query.talentWorkHistory'],
  'pub-submit-proposal:write:all': ['Mutation.createJobProposal'],
  'pub-contract:write:all': [
    'Query.contractDetails',
    'Query.contractList',
    'Query.vendorContracts',
    'Mutation.endContractByFreelancer',
  ],
  'Job Details - Read-Only': ['MarketplaceProposalRequirements.screeningQuestions'],
  'Ad Credits and Connects': ['Query.connectsSummary'],
  'Proposal Insights': [
    'VendorProposal.connectsBid',
    'VendorProposal.inviteToInterview',
    'VendorProposalsConnection.organization',
  ],
};

/** Every `Type.field` of the operation the key has no scope for, sorted. */
export function forbiddenFields(schema: GraphQLSchema, document: DocumentNode, scopes: readonly string[]): string[] {
  const closed = new Set(Object.entries(opened).flatMap(([scope, fields]) => (scopes.includes(scope) ? [] : fields)));
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const type = types.getParentType()?.name;
        if (closed.has(`${type}.${name.value}`) || (closed.has(`${type}.*`) && !name.value.startsWith('__')))
          found.add(`${type}.${name.value}`);
      },
    }),
  );
  return [...found].sort();
}
