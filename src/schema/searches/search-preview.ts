import type { SearchPreview } from '../../services/preview/model.ts';
import { builder } from '../builder.ts';
import { ScanFunnelStepRef, ScanSuggestionRef } from '../scans/scan-diagnosis.ts';

export const SearchPreviewRef = builder.objectRef<SearchPreview>('SearchPreview').implement({
  description: 'What a filter would have done over what is stored. Writes nothing, sends nothing, asks Upwork nothing.',
  fields: (t) => ({
    since: t.expose('since', {
      type: 'DateTime',
      description: 'What was examined: `since` as asked, but no earlier than content is kept.',
    }),
    matches: t.exposeInt('matches', { description: 'How many of the examined jobs match.' }),
    matchesPerDay: t.exposeFloat('matchesPerDay', {
      description: 'How many that is a day, over the part of the time of which everything read is still kept.',
    }),
    onlyBeforeCount: t.exposeInt('onlyBeforeCount', {
      description: 'How many matches of the saved search this filter loses, all of them counted.',
    }),
    onlyNowCount: t.exposeInt('onlyNowCount', {
      description: 'How many matches of this filter the saved search does not have, all of them counted.',
    }),
    peakPerHour: t.exposeInt('peakPerHour', { description: 'The most matches posted within any one hour.' }),
    funnel: t.expose('funnel', {
      type: [ScanFunnelStepRef],
      description:
        'From all that is stored to what matches, one criterion after the other; the reasons of the last step say what each drops taken alone.',
    }),
    suggestions: t.expose('suggestions', {
      type: [ScanSuggestionRef],
      description:
        'What would match more, by one criterion each; the gain is counted among the examined jobs. Also hints that the filter is too narrow or too broad.',
    }),
  }),
});
