import { type DocumentNode, Kind, print, visit } from 'graphql';

/**
 * Of each group one path at least has to stay: without it the answer would say nothing. An operation that is not listed has to keep anything at all.
 */
const indispensable: Readonly<Record<string, readonly (readonly string[])[]>> = {
  SearchJobs: [
    [
      'marketplaceJobPostingsSearch.edges.node.id',
      'marketplaceJobPostingsSearch.edges.node.ciphertext',
      'marketplaceJobPostingsSearch.edges.node.job.id',
    ],
  ],
  Identity: [['user.id'], ['user.nid'], ['organization.id']],
  Categories: [['ontologyCategories.id'], ['ontologyCategories.preferredLabel']],
  SubmitProposal: [['createJobProposal.newProposalId']],
  MyProposals: [
    ['vendorProposals.edges.node.id'],
    ['vendorProposals.edges.node.status.status'],
    ['vendorProposals.edges.node.marketplaceJobPosting.id'],
  ],
  ContractHistory: [['talentWorkHistory.workHistoryList.contract.id']],
  ContractsByIds: [['contractList.contracts.id']],
};
/** What is asked beside that when an objection names nothing that can be left out. */
const core: Readonly<Record<string, readonly string[]>> = {
  SearchJobs: ['title', 'description', 'createdDateTime', 'publishedDateTime'].map(
    (name) => `marketplaceJobPostingsSearch.edges.node.${name}`,
  ),
};
const paging = /\.pageInfo\.\w+$/;

/**
 * The document without the fields at `lost` (and without what is empty then); undefined where something indispensable would be missing.
 * Parts of the filter are no part of the document.
 */
export function leanerDocument(operation: string, document: DocumentNode, lost: readonly string[]): string | undefined {
  if (lost.length === 0) return print(document);
  const path: string[] = [];
  const kept: string[] = [];
  const leaner = visit(document, {
    [Kind.FIELD]: {
      enter: ({ name }) => {
        path.push(name.value);
        if (!lost.includes(path.join('.'))) return undefined;
        path.pop();
        return null;
      },
      leave: ({ selectionSet }) => {
        if (!selectionSet) kept.push(path.join('.'));
        path.pop();
        return selectionSet && selectionSet.selections.length === 0 ? null : undefined;
      },
    },
  }) as DocumentNode;
  const isWhole = (indispensable[operation] ?? []).every((group) => group.some((one) => kept.includes(one)));
  return isWhole && kept.length > 0 ? print(leaner) : undefined;
}

/** All fields that an operation can do without; none for an operation of which nothing says what it needs. */
export function dispensable(operation: string, document: DocumentNode): string[] {
  const needed = [...(indispensable[operation] ?? []).flat(), ...(core[operation] ?? [])];
  if (needed.length === 0) return [];
  const path: string[] = [];
  const leaves: string[] = [];
  visit(document, {
    [Kind.FIELD]: {
      enter: ({ name, selectionSet }) => {
        path.push(name.value);
        if (!selectionSet) leaves.push(path.join('.'));
      },
      leave: () => void path.pop(),
    },
  });
  return leaves.filter((leaf) => !needed.includes(leaf) && !paging.test(leaf));
}

/** The variables without the parts of the filter that are lost. Every criterion is judged again here, so a wider answer loses nothing. */
export function leanerVariables(variables: Record<string, unknown>, lost: readonly string[]): Record<string, unknown> {
  const { filter } = variables;
  if (typeof filter !== 'object' || filter === null) return variables;
  const kept = Object.entries(filter).filter(([name]) => !lost.includes(`filter.${name}`));
  return { ...variables, filter: Object.fromEntries(kept) };
}

/** Without it a search would begin anew for ever. */
export function isDispensableInput(path: string): boolean {
  return path.startsWith('filter.') && path !== 'filter.pagination_eq';
}
