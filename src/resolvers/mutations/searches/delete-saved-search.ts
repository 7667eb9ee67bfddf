import { builder } from '../../../schema/builder.ts';
import { DeleteSavedSearchInputRef } from '../../../schema/searches/saved-search-inputs.ts';
import { DeleteSavedSearchPayloadRef } from '../../../schema/searches/saved-search-payloads.ts';
import { attempt } from '../../attempt.ts';

builder.mutationField('deleteSavedSearch', (t) =>
  t.field({
    type: DeleteSavedSearchPayloadRef,
    authScopes: { scope: 'WRITE' },
    description: 'Deletes a saved search; the jobs it found stay. Needs scope WRITE.',
    args: {
      input: t.arg({ type: DeleteSavedSearchInputRef, required: true, description: 'Which search.' }),
    },
    resolve: (_root, { input: { savedSearchId } }, { services }) =>
      attempt(() => {
        services.searches.remove(savedSearchId);
        return { deletedSavedSearchId: savedSearchId };
      }),
  }),
);
