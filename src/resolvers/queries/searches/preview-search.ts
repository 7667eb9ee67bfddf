import { builder } from '../../../schema/builder.ts';
import { JobCriteriaInputRef } from '../../../schema/criteria/criteria.ts';
import { instantOf } from '../../../schema/scalars/moment.ts';
import { SearchPreviewRef } from '../../../schema/searches/search-preview.ts';
import { toCriteria } from '../../inputs/criteria.ts';
import { withoutNull } from '../../inputs/without.ts';

builder.queryField('previewSearch', (t) =>
  t.field({
    type: SearchPreviewRef,
    authScopes: { scope: 'READ' },
    description:
      'What a filter would have found over what is stored, before it is saved. Writes nothing, asks Upwork nothing. Needs scope READ.',
    args: {
      query: t.arg.string({ description: 'Full text, as `jobs(query:)` takes it.' }),
      criteria: t.arg({ type: JobCriteriaInputRef, description: 'What a job must be like.' }),
      savedSearchId: t.arg.id({
        description:
          'Compare with this saved search. Where neither `query` nor `criteria` is given, it is tried itself.',
      }),
      since: t.arg({
        type: 'DateTimeOrDuration',
        required: true,
        defaultValue: { fromNowMs: -7 * 86_400_000 },
        description: 'Jobs posted since then.',
      }),
    },
    resolve: (_root, { query, criteria, savedSearchId, since }, { services, now }) =>
      services.preview.preview({
        ...withoutNull({ query, savedSearchId, criteria: criteria && toCriteria(criteria) }),
        since: instantOf(since, now()),
      }),
  }),
);
