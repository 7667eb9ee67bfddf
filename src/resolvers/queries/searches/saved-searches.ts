import { builder } from '../../../schema/builder.ts';
import { toConnection } from '../../../schema/page.ts';
import { SavedSearchConnectionRef } from '../../../schema/searches/saved-search-page.ts';
import { withoutNull } from '../../inputs/without.ts';

builder.queryField('savedSearches', (t) =>
  t.field({
    type: SavedSearchConnectionRef,
    authScopes: { scope: 'READ' },
    description: 'Saved searches, oldest first. Needs scope READ.',
    args: t.arg.connectionArgs(),
    resolve: (_root, page, { services: { searches } }) =>
      toConnection(searches.list(withoutNull(page)), { count: () => searches.count() }),
  }),
);
