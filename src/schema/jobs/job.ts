import type { Job, JobActivity, MatchScore, ScoreFactor, ScreeningQuestion } from '../../services/jobs/model.ts';
import { builder } from '../builder.ts';
import { PlatformRef, platform } from '../connection/platform.ts';
import { EngagementDurationRef, ExperienceLevelRef, JobTypeRef, WorkloadRef } from '../criteria/criteria-enums.ts';
import { MoneyRangeRef, MoneyRef } from '../scalars/money.ts';
import { JobClientRef } from './job-client.ts';
import { JobStateRef, JobTriageRef } from './job-enums.ts';

const ScoreFactorRef = builder.objectRef<ScoreFactor>('ScoreFactor').implement({
  description: 'One reason for a score.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Which trait was looked at.' }),
    points: t.exposeInt('points', { description: 'What it added or took away.' }),
    explanation: t.exposeString('explanation', { description: 'Why, in one sentence.' }),
  }),
});

const MatchScoreRef = builder.objectRef<MatchScore>('MatchScore').implement({
  description: 'How well a job fits the preferences.',
  fields: (t) => ({
    value: t.exposeInt('value', { description: '0 to 100.' }),
    factors: t.expose('factors', { type: [ScoreFactorRef], description: 'What it is made of.' }),
    computedAt: t.expose('computedAt', { type: 'DateTime', description: 'When it was computed.' }),
  }),
});

const JobActivityRef = builder.objectRef<JobActivity>('JobActivity').implement({
  description: 'What has happened on a posting, as far as the platform shows it.',
  fields: (t) => ({
    proposals: t.exposeInt('proposals', { nullable: true, description: 'Proposals, where the number is exact.' }),
    proposalsMinimum: t.exposeInt('proposals', { nullable: true, description: 'At least so many proposals.' }),
    proposalsMaximum: t.exposeInt('proposals', { nullable: true, description: 'At most so many proposals.' }),
    interviewing: t.exposeInt('interviewing', { nullable: true, description: 'Freelancers being interviewed.' }),
    invitesSent: t.exposeInt('invitesSent', { nullable: true, description: 'Invitations sent.' }),
    hires: t.exposeInt('hires', { nullable: true, description: 'Freelancers hired.' }),
    lastViewedByClientAt: t.expose('lastViewedByClientAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the client last looked at it.',
    }),
    observedAt: t.expose('observedAt', { type: 'DateTime', description: 'When these numbers were read.' }),
  }),
});

export const ScreeningQuestionRef = builder.objectRef<ScreeningQuestion>('ScreeningQuestion').implement({
  description: 'A question the client asks of every applicant.',
  fields: (t) => ({
    position: t.exposeInt('position', { description: 'Its place, from 1.' }),
    text: t.exposeString('text', { description: 'The question.' }),
    required: t.exposeBoolean('required', { description: 'Whether it must be answered.' }),
  }),
});

/** A job where a field may depend on the text it was found by. */
export type FoundJob = Job & { readonly textQuery?: string };

export const JobRef = builder.objectRef<FoundJob>('Job').implement({
  description: 'A posting once it is stored: one job however often and under whichever id it is listed.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable id, `job_…`.' }),
    platform: t.field({ type: PlatformRef, description: 'Where it was posted.', resolve: () => platform }),
    externalId: t.exposeString('externalId', { description: "The platform's own id, numeric." }),
    url: t.expose('url', { type: 'URL', description: "The posting's page." }),
    title: t.exposeString('title', {
      description:
        'Empty once `contentPurged`, as are `description`, `skills` and `screeningQuestions`; what may be null is null.',
    }),
    description: t.exposeString('description', { description: 'The whole text, plain.' }),
    type: t.expose('type', { type: JobTypeRef, nullable: true, description: 'Null where Upwork withheld it.' }),
    hourlyRate: t.expose('hourlyRate', { type: MoneyRangeRef, nullable: true, description: 'What an hour pays.' }),
    fixedBudget: t.expose('fixedBudget', { type: MoneyRef, nullable: true, description: 'What the whole pays.' }),
    connectsRequired: t.exposeInt('connectsRequired', { nullable: true, description: 'Connects a proposal costs.' }),
    experienceLevel: t.expose('experienceLevel', {
      type: ExperienceLevelRef,
      nullable: true,
      description: 'How experienced a freelancer is wanted.',
    }),
    workload: t.expose('workload', { type: WorkloadRef, nullable: true, description: 'How much of a week it takes.' }),
    duration: t.expose('duration', { type: EngagementDurationRef, nullable: true, description: 'How long it lasts.' }),
    preferredFreelancerLocations: t.exposeStringList('preferredLocations', {
      description: "Where the client would like freelancers to be, in Upwork's words; empty where nothing is said.",
    }),
    preferredFreelancerLocationMandatory: t.exposeBoolean('isLocationMandatory', {
      nullable: true,
      description: 'Whether freelancers elsewhere are out of the question; null where Upwork does not say.',
    }),
    category: t.exposeString('category', { nullable: true, description: 'Label of its subcategory, else category.' }),
    skills: t.exposeStringList('skills', { description: 'Skills asked for.' }),
    screeningQuestions: t.expose('questions', {
      type: [ScreeningQuestionRef],
      description: 'What every applicant is asked, in order.',
    }),
    client: t.expose('client', { type: JobClientRef, description: 'Who posted it.' }),
    activity: t.expose('activity', { type: JobActivityRef, nullable: true, description: 'What has happened on it.' }),
    state: t.expose('state', { type: JobStateRef, description: 'Where it stands on the platform.' }),
    triage: t.expose('triage', { type: JobTriageRef, description: 'What you decided about it.' }),
    notes: t.exposeString('notes', { nullable: true, description: 'Your own notes.' }),
    tags: t.exposeStringList('tags', { description: 'Your own tags.' }),
    score: t.expose('score', { type: MatchScoreRef, nullable: true, description: 'How well it fits.' }),
    postedAt: t.expose('postedAt', { type: 'DateTime', description: 'When the client posted it.' }),
    firstSeenAt: t.expose('firstSeenAt', { type: 'DateTime', description: 'When Prospector first saw it.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When anything about it last changed here.' }),
    contentExpiresAt: t.expose('contentExpiresAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When content taken from the platform is deleted (retention, 24 h by default). Ids, decisions and your own notes stay.',
    }),
    contentPurged: t.exposeBoolean('contentPurged', { description: 'Whether that content has been deleted.' }),
    raw: t.field({
      type: 'JSONObject',
      nullable: true,
      authScopes: { scope: 'RAW_READ' },
      description: 'As the platform sent it; null once purged, or where it was too long to keep. Needs scope RAW_READ.',
      resolve: ({ raw }) => (raw === undefined ? null : (JSON.parse(raw) as Record<string, unknown>)),
    }),
  }),
});
