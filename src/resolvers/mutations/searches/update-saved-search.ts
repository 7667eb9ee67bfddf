import { builder } from '../../../schema/builder.ts';
import { UpdateSavedSearchInputRef } from '../../../schema/searches/saved-search-inputs.ts';
import { SavedSearchPayloadRef } from '../../../schema/searches/saved-search-payloads.ts';
import { attempt } from '../../attempt.ts';
import { toCriteriaPatch } from '../../inputs/criteria.ts';
import { withoutNull, withoutUndefined } from '../../inputs/without.ts';

builder.mutationField('updateSavedSearch', (t) =>
  t.field({
    type: SavedSearchPayloadRef,
    authScopes: { scope: 'WRITE' },
    description: 'Changes, snoozes, enables or disables a saved search. Needs scope WRITE.',
    args: {
      input: t.arg({ type: UpdateSavedSearchInputRef, required: true, description: 'What to change.' }),
    },
    resolve: (_root, { input }, { services }) =>
      attempt(() => {
        const { savedSearchId, query, criteria, snoozedUntil, channelIds, ...rest } = input;
        return services.searches.update({
          savedSearchId,
          ...withoutNull(rest),
          ...withoutUndefined({
            query,
            snoozedUntil,
            channelIds,
            criteria: criteria && toCriteriaPatch(criteria),
          }),
        });
      }),
  }),
);
