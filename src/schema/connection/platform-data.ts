import type { FieldChange, FieldDay, FieldIncident, LostField } from '../../services/sentinel/model.ts';
import { builder } from '../builder.ts';
import { describedEnum } from '../described-enum.ts';
import { SavedSearchRef } from '../searches/saved-search.ts';

export const LostFieldRef = builder.objectRef<LostField>('LostField').implement({
  description:
    'Something the platform no longer knows, so that it is asked without. The whole is asked for again once a day.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'Which field of the answer, or `filter.` and a part of the filter.' }),
    operation: t.exposeString('operation', { description: 'The operation that is sent without it.' }),
    since: t.expose('since', { type: 'DateTime', description: 'Since when.' }),
    said: t.exposeString('said', { description: "The platform's words." }),
    figures: t.exposeStringList('figures', { description: 'Figures that are unknown meanwhile.' }),
    criteria: t.exposeStringList('criteria', {
      description: 'Criteria that cannot be judged meanwhile: what is unknown passes, but for `requireKnown`.',
    }),
    savedSearches: t.field({
      type: [SavedSearchRef],
      description: 'Enabled saved searches with one of these criteria.',
      resolve: ({ searches }) => [...searches],
    }),
  }),
});

const FieldChangeRef = describedEnum('FieldChange', 'What has become of a field.', {
  WITHHELD: 'It comes empty far more often than before.',
  UNREADABLE: 'It comes in a form that cannot be read.',
  UNKNOWN: 'It comes with a word that is not known.',
} satisfies Record<FieldChange, string>);

export const FieldIncidentRef = builder.objectRef<FieldIncident>('FieldIncident').implement({
  description: "A field of the platform's answers that is other than it used to be. Gone once it is as it was.",
  fields: (t) => ({
    field: t.exposeString('field', { description: 'Such as `posting.client.totalSpent`.' }),
    change: t.expose('change', { type: FieldChangeRef, description: 'What has become of it.' }),
    since: t.expose('since', { type: 'DateTime', description: 'Since when.' }),
    example: t.exposeString('example', {
      nullable: true,
      description: 'The shape of one such value, without its content; null where it comes empty.',
    }),
    message: t.exposeString('message', { description: 'One sentence for people; may change.' }),
  }),
});

export const FieldDayRef = builder.objectRef<FieldDay>('FieldDay').implement({
  description: 'How often one field was looked at on one day (UTC), and how it came.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'Such as `posting.client.totalSpent`.' }),
    day: t.exposeString('day', { description: 'The UTC day, `YYYY-MM-DD`.' }),
    seen: t.exposeInt('seen', { description: 'How often it was looked at.' }),
    withheld: t.exposeInt('withheld', { description: 'How often it was null.' }),
    unreadable: t.exposeInt('unreadable', { description: 'How often it could not be read.' }),
    unknown: t.exposeInt('unknown', { description: 'How often it was a word that is not known.' }),
  }),
});
