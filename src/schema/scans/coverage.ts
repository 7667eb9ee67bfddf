import type { Coverage, CoverageGap, CoverageGapCause, ScanLatency } from '../../services/scanner/model.ts';
import { builder } from '../builder.ts';
import { describedEnum } from '../described-enum.ts';

const CoverageGapCauseRef = describedEnum('CoverageGapCause', 'Why postings may have been missed.', {
  TRUNCATED: 'More was new than one scan may look at.',
  DOWNTIME: 'Prospector did not run.',
  AUTH_EXPIRED: 'The authorization had died.',
  THROTTLED: 'No request was allowed.',
  UPSTREAM_ERROR: 'The platform failed.',
  PAUSED: 'Scanning was paused.',
} satisfies Record<CoverageGapCause, string>);

export const CoverageGapRef = builder.objectRef<CoverageGap>('CoverageGap').implement({
  description: 'A stretch of time in which postings may have been missed.',
  fields: (t) => ({
    from: t.expose('from', { type: 'DateTime', description: 'Where it begins.' }),
    to: t.expose('to', { type: 'DateTime', description: 'Where it ends; now, while it still grows.' }),
    cause: t.expose('cause', { type: CoverageGapCauseRef, description: 'Why.' }),
    filledAt: t.expose('filledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a later scan filled it; null while it has not.',
    }),
  }),
});

export const CoverageRef = builder.objectRef<Coverage>('Coverage').implement({
  description: 'Which stretches of time were really examined.',
  fields: (t) => ({
    since: t.expose('since', { type: 'DateTime', description: 'As asked, but no earlier than the first scan.' }),
    gaps: t.field({
      type: [CoverageGapRef],
      description: 'Where postings may have been missed, also those filled since.',
      resolve: ({ gaps }) => [...gaps],
    }),
    coveredShare: t.exposeFloat('coveredShare', {
      description: 'Share of the time that lies in no open gap, 0 to 1; 0 where nothing has been scanned.',
    }),
  }),
});

export const ScanLatencyRef = builder.objectRef<ScanLatency>('ScanLatency').implement({
  description: 'Measured: from posted to seen to pushed.',
  fields: (t) => ({
    p50: t.expose('p50Ms', { type: 'Duration', nullable: true, description: 'Half were pushed within this time.' }),
    p90: t.expose('p90Ms', {
      type: 'Duration',
      nullable: true,
      description: 'Nine of ten were pushed within this time.',
    }),
    p99: t.expose('p99Ms', {
      type: 'Duration',
      nullable: true,
      description: '99 of 100 were pushed within this time.',
    }),
    sampleSize: t.exposeInt('sampleSize', { description: 'How many postings were measured.' }),
  }),
});
