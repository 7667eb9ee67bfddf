import { builder } from '../../../schema/builder.ts';
import { CreateSavedSearchInputRef } from '../../../schema/searches/saved-search-inputs.ts';
import { SavedSearchPayloadRef } from '../../../schema/searches/saved-search-payloads.ts';
import { attempt } from '../../attempt.ts';
import { toCriteriaPatch } from '../../inputs/criteria.ts';
import { withoutUndefined } from '../../inputs/without.ts';

builder.mutationField('createSavedSearch', (t) =>
  t.field({
    type: SavedSearchPayloadRef,
    authScopes: { scope: 'WRITE' },
    description:
      'Saves a search. Stored jobs that match it belong to it at once, silently; new ones are announced. Needs scope WRITE.',
    args: {
      input: t.arg({ type: CreateSavedSearchInputRef, required: true, description: 'The search.' }),
    },
    resolve: (_root, { input: { criteria, query, channelIds, ...rest } }, { services }) =>
      attempt(() =>
        services.searches.create({
          ...rest,
          ...withoutUndefined({ query, channelIds, criteria: criteria && toCriteriaPatch(criteria) }),
        }),
      ),
  }),
);
