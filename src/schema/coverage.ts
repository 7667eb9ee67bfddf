import { builder } from './builder.ts';
import { describedEnum } from './described-enum.ts';

const CoverageGapCauseRef = describedEnum('CoverageGapCause', 'Why postings may have been missed.', {
  TRUNCATED: 'More was new than one scan may look at.',
  DOWNTIME: 'Prospector did not run.',
  AUTH_EXPIRED: 'The authorization had died.',
  THROTTLED: 'No request was allowed.',
  UPSTREAM_ERROR: 'The platform failed.',
  PAUSED: 'Scanning was paused.',
});

/** A stretch of time that was not examined. */
export interface CoverageGap {
  readonly from: Date;
  readonly to: Date;
  readonly cause: typeof CoverageGapCauseRef.$inferType;
  readonly filledAt?: Date;
}

export const CoverageGapRef = builder.objectRef<CoverageGap>('CoverageGap').implement({
  description: 'A stretch of time in which postings may have been missed.',
  fields: (t) => ({
    from: t.expose('from', { type: 'DateTime', description: 'Where it begins.' }),
    to: t.expose('to', { type: 'DateTime', description: 'Where it ends.' }),
    cause: t.expose('cause', { type: CoverageGapCauseRef, description: 'Why.' }),
    filledAt: t.expose('filledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a later scan filled it; null while it has not.',
    }),
  }),
});
