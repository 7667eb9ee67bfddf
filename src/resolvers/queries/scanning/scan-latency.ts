import { builder } from '../../../schema/builder.ts';
import { instantOf } from '../../../schema/scalars/moment.ts';
import { ScanLatencyRef } from '../../../schema/scans/coverage.ts';

builder.queryField('scanLatency', (t) =>
  t.field({
    type: ScanLatencyRef,
    authScopes: { scope: 'READ' },
    description: 'How long postings took from posted to pushed, measured. Needs scope READ.',
    args: {
      since: t.arg({
        type: 'DateTimeOrDuration',
        required: true,
        defaultValue: { fromNowMs: -7 * 86_400_000 },
        description: 'How far back to look.',
      }),
    },
    resolve: (_root, { since }, { services, now }) => services.scanner.scanLatency({ since: instantOf(since, now()) }),
  }),
);
