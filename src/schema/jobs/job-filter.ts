import { builder } from '../builder.ts';
import { PlatformRef } from '../connection/platform.ts';
import { JobCriteriaInputRef } from '../criteria/criteria.ts';
import { DateTimeRangeInputRef, IntRangeInputRef } from '../criteria/ranges.ts';
import { OrderDirectionRef } from '../order-direction.ts';
import { JobOrderFieldRef, JobStateRef, JobTriageRef } from './job-enums.ts';

/** `JobCriteriaInput` as it arrives. */
export type CriteriaInput = typeof JobCriteriaInputRef.$inferInput;
/** `DateTimeRangeInput` as it arrives: moving windows not yet resolved. */
export type DateTimeRangeInput = typeof DateTimeRangeInputRef.$inferInput;

/** `JobFilter` as it arrives. */
export interface JobFilterInput {
  readonly ids?: readonly string[] | null | undefined;
  readonly platforms?: readonly 'UPWORK'[] | null | undefined;
  readonly criteria?: CriteriaInput | null | undefined;
  readonly savedSearchId?: string | null | undefined;
  readonly states?: readonly (typeof JobStateRef.$inferType)[] | null | undefined;
  readonly triage?: readonly (typeof JobTriageRef.$inferType)[] | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly postedAt?: DateTimeRangeInput | null | undefined;
  readonly firstSeenAt?: DateTimeRangeInput | null | undefined;
  readonly score?: typeof IntRangeInputRef.$inferInput | null | undefined;
  readonly hasProposal?: boolean | null | undefined;
  readonly and?: JobFilterInput[] | null | undefined;
  readonly or?: JobFilterInput[] | null | undefined;
  readonly not?: JobFilterInput | null | undefined;
}

export const JobFilterRef = builder.inputRef<JobFilterInput>('JobFilter').implement({
  description: 'All set fields must hold.',
  fields: (t) => ({
    ids: t.idList({ description: 'One of these ids.' }),
    platforms: t.field({ type: [PlatformRef], description: 'From one of these platforms.' }),
    criteria: t.field({ type: JobCriteriaInputRef, description: 'Meets these criteria.' }),
    savedSearchId: t.id({ description: 'Matches this saved search.' }),
    states: t.field({ type: [JobStateRef], description: 'In one of these states.' }),
    triage: t.field({ type: [JobTriageRef], description: 'Decided so.' }),
    tags: t.stringList({ description: 'Has one of these tags.' }),
    postedAt: t.field({ type: DateTimeRangeInputRef, description: 'Posted in this stretch of time.' }),
    firstSeenAt: t.field({ type: DateTimeRangeInputRef, description: 'First seen in this stretch of time.' }),
    score: t.field({ type: IntRangeInputRef, description: 'Scored in this range.' }),
    hasProposal: t.boolean({ description: 'Whether there is a proposal for it.' }),
    and: t.field({ type: [JobFilterRef], description: 'All of these hold too.' }),
    or: t.field({ type: [JobFilterRef], description: 'One of these holds too.' }),
    not: t.field({ type: JobFilterRef, description: 'This does not hold.' }),
  }),
});

export const JobOrderRef = builder.inputType('JobOrder', {
  description: 'How jobs are ordered.',
  fields: (t) => ({
    field: t.field({ type: JobOrderFieldRef, required: true, description: 'By what.' }),
    direction: t.field({ type: OrderDirectionRef, required: true, description: 'Which end first.' }),
  }),
});
