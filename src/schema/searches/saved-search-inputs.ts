import { builder } from '../builder.ts';
import { JobCriteriaInputRef } from '../criteria/criteria.ts';

const meaning = {
  name: 'What you call it: 1 to 100 characters.',
  query: 'Full text, as `jobs(query:)` takes it; at most 500 characters.',
  scan: 'Ask it of Upwork at every scan too. Costs requests.',
  notify: 'Announce jobs that match nothing else.',
  channelIds: 'Channels that are told of its matches.',
};

export const CreateSavedSearchInputRef = builder.inputType('CreateSavedSearchInput', {
  description: 'A new saved search.',
  fields: (t) => ({
    name: t.string({ required: true, description: meaning.name }),
    query: t.string({ description: meaning.query }),
    criteria: t.field({ type: JobCriteriaInputRef, description: 'What a job must meet.' }),
    scan: t.boolean({ required: true, defaultValue: false, description: meaning.scan }),
    notify: t.boolean({ required: true, defaultValue: true, description: meaning.notify }),
    channelIds: t.idList({ description: meaning.channelIds }),
  }),
});

export const UpdateSavedSearchInputRef = builder.inputType('UpdateSavedSearchInput', {
  description: 'What to change of a saved search. Fields left out are unchanged; `null` clears.',
  fields: (t) => ({
    savedSearchId: t.id({ required: true, description: 'Which search.' }),
    name: t.string({ description: meaning.name }),
    query: t.string({ description: meaning.query }),
    criteria: t.field({ type: JobCriteriaInputRef, description: 'Criteria that change; `null` clears them all.' }),
    scan: t.boolean({ description: meaning.scan }),
    enabled: t.boolean({ description: 'False: it does nothing.' }),
    snoozedUntil: t.field({
      type: 'DateTime',
      description: 'Until then it collects matches and announces none by itself.',
    }),
    notify: t.boolean({ description: meaning.notify }),
    channelIds: t.idList({ description: meaning.channelIds }),
    expectedVersion: t.int({ description: 'Change only if this is still the version; else `ConflictError`.' }),
  }),
});

export const DeleteSavedSearchInputRef = builder.inputType('DeleteSavedSearchInput', {
  description: 'Which saved search to delete.',
  fields: (t) => ({ savedSearchId: t.id({ required: true, description: 'Id of the search.' }) }),
});
