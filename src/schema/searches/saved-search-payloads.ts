import type { SavedSearch } from '../../services/searches/model.ts';
import { payloadType } from '../payload.ts';
import { SavedSearchRef } from './saved-search.ts';

export const SavedSearchPayloadRef = payloadType<{ readonly search: SavedSearch }>(
  'SavedSearchPayload',
  'The saved search after the change.',
  (t) => ({
    savedSearch: t.expose('search', { type: SavedSearchRef, nullable: true, description: 'The saved search.' }),
  }),
  { warns: true },
);

export const DeleteSavedSearchPayloadRef = payloadType<{ readonly deletedSavedSearchId: string }>(
  'DeleteSavedSearchPayload',
  'The saved search that is gone.',
  (t) => ({
    deletedSavedSearchId: t.exposeID('deletedSavedSearchId', { nullable: true, description: 'Its id.' }),
  }),
);
