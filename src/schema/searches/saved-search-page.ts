import type { SavedSearch } from '../../services/searches/model.ts';
import { builder } from '../builder.ts';
import { SavedSearchRef } from './saved-search.ts';

interface SavedSearchPage {
  readonly count: () => number;
  readonly edges: { readonly node: SavedSearch; readonly cursor: string }[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
}

export const SavedSearchConnectionRef = builder.connectionObject<typeof SavedSearchRef, SavedSearchPage>(
  {
    type: SavedSearchRef,
    name: 'SavedSearchConnection',
    description: 'A page of saved searches.',
    fields: (t) => ({
      totalCount: t.int({ description: 'How many there are in all.', resolve: (page) => page.count() }),
    }),
  },
  { name: 'SavedSearchEdge', description: 'A saved search with its place in the list.' },
);
