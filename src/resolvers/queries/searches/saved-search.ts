import { builder } from '../../../schema/builder.ts';
import { SavedSearchRef } from '../../../schema/searches/saved-search.ts';

builder.queryField('savedSearch', (t) =>
  t.field({
    type: SavedSearchRef,
    nullable: true,
    authScopes: { scope: 'READ' },
    description: 'A saved search; null when there is none with this id. Needs scope READ.',
    args: { id: t.arg.id({ required: true, description: 'Id of the search.' }) },
    resolve: (_root, { id }, { services }) => services.searches.byId(id),
  }),
);
