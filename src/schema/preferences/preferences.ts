import type { ScoreWeights } from '../../services/jobs/model.ts';
import type { QuietHours, ScanPreferences } from '../../services/preferences/model.ts';
import { builder } from '../builder.ts';
import { PlatformRef, platform } from '../connection/platform.ts';
import { JobCriteriaInputRef, JobCriteriaRef } from '../criteria/criteria.ts';
import { WarningRef } from '../warning.ts';

const meaning = {
  enabled: 'Whether the schedule runs at all.',
  quietHours: 'When the schedule rests; null for never.',
  scanEverything:
    'Scan the whole market where there is no criterion at all. Without this word, and without a criterion or a saved ' +
    'search that scans, scanning waits. Default false.',
  maxResultsPerScan:
    'How many postings one scan reads of each search, newest first, and how many new ones it brings of each at most. ' +
    'What it leaves is read by the next scans, the oldest first. Default 50.',
  requestsPerDay: 'Requests to the platform allowed per day. Default 500, at most 40,000.',
  connectsPerDay: 'Connects that may be spent a day; null is no cap.',
  connectsWarning: 'Warns when the balance is below.',
  scoreWeights:
    'How much each factor counts towards `Job.score`, in relation to the others. Default: skills 30, budget 20, client 25, competition 15, timing 10.',
  serviceFee:
    'Percent of your earnings that the platform keeps, 0 to 50, for `ProposalTerms.netRate`. It differs by contract and no API tells it: set what yours is. Default 10.',
  weights: {
    skills: 'The skills and keywords of yours that it asks for.',
    budget: 'How far what it pays meets the rate or budget you ask for.',
    client: 'What is known of the client: payment, rating, spending, hires, country.',
    competition: 'How few proposals there are.',
    timing: 'How recently it was posted.',
  },
  quietStart: 'When they begin, `HH:MM`.',
  quietEnd: 'When they end, `HH:MM`; before `start` it is the next morning.',
  quietTimeZone: 'Whose clock is meant.',
};

const QuietHoursRef = builder.objectRef<QuietHours>('QuietHours').implement({
  description: '`HH:MM`, 24 hours; an `end` before `start` is the next morning.',
  fields: (t) => ({
    start: t.exposeString('start', { description: meaning.quietStart }),
    end: t.exposeString('end', { description: meaning.quietEnd }),
    timeZone: t.expose('timeZone', { type: 'TimeZone', description: meaning.quietTimeZone }),
  }),
});

const QuietHoursInputRef = builder.inputType('QuietHoursInput', {
  description: '`HH:MM`, 24 hours; an `end` before `start` is the next morning.',
  fields: (t) => ({
    start: t.string({ required: true, description: meaning.quietStart }),
    end: t.string({ required: true, description: meaning.quietEnd }),
    timeZone: t.field({ type: 'TimeZone', required: true, description: meaning.quietTimeZone }),
  }),
});

const ScoreWeightsRef = builder.objectRef<ScoreWeights>('ScoreWeights').implement({
  description: 'Weights of the factors of a score; 0 leaves a factor out.',
  fields: (t) => ({
    skills: t.exposeFloat('skills', { description: meaning.weights.skills }),
    budget: t.exposeFloat('budget', { description: meaning.weights.budget }),
    client: t.exposeFloat('client', { description: meaning.weights.client }),
    competition: t.exposeFloat('competition', { description: meaning.weights.competition }),
    timing: t.exposeFloat('timing', { description: meaning.weights.timing }),
  }),
});

const ScoreWeightsInputRef = builder.inputType('ScoreWeightsInput', {
  description: 'Weights of the factors of a score, 0 to 1,000, one of them above 0. One left out has its default.',
  fields: (t) => ({
    skills: t.float({ description: meaning.weights.skills }),
    budget: t.float({ description: meaning.weights.budget }),
    client: t.float({ description: meaning.weights.client }),
    competition: t.float({ description: meaning.weights.competition }),
    timing: t.float({ description: meaning.weights.timing }),
  }),
});

export const ScanPreferencesRef = builder.objectRef<ScanPreferences>('ScanPreferences').implement({
  description: 'What and how often to scan. The same as in the YAML file.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable id, `preferences_upwork`.' }),
    platform: t.field({ type: PlatformRef, description: 'Which platform they are for.', resolve: () => platform }),
    enabled: t.exposeBoolean('enabled', { description: meaning.enabled }),
    interval: t.expose('intervalMs', {
      type: 'Duration',
      description:
        'What was asked for; default `PT30M`. At least `PT1M` (less only against a sandbox on loopback); below `PT15M` is accepted with a warning.',
    }),
    quietHours: t.expose('quietHours', { type: QuietHoursRef, nullable: true, description: meaning.quietHours }),
    criteria: t.expose('criteria', { type: JobCriteriaRef, description: 'What a posting must be like.' }),
    scanEverything: t.exposeBoolean('scanEverything', { description: meaning.scanEverything }),
    maxResultsPerScan: t.exposeInt('maxResultsPerScan', { description: meaning.maxResultsPerScan }),
    requestsPerDay: t.exposeInt('requestsPerDay', { description: meaning.requestsPerDay }),
    connectsPerDay: t.exposeInt('connectsPerDay', { nullable: true, description: meaning.connectsPerDay }),
    connectsWarning: t.exposeInt('connectsWarning', { nullable: true, description: meaning.connectsWarning }),
    scoreWeights: t.expose('scoreWeights', { type: ScoreWeightsRef, description: meaning.scoreWeights }),
    serviceFee: t.expose('serviceFee', { type: 'Decimal', description: meaning.serviceFee }),
    warnings: t.expose('warnings', { type: [WarningRef], description: 'Accepted, but worth knowing.' }),
    version: t.exposeInt('version', { description: 'Grows with every change; send it as `expectedVersion`.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When they were last changed.' }),
  }),
});

export const UpdateScanPreferencesInputRef = builder.inputType('UpdateScanPreferencesInput', {
  description: 'What to change. Fields left out are unchanged; `null` puts the default back.',
  fields: (t) => ({
    platform: t.field({ type: PlatformRef, required: true, defaultValue: platform, description: 'Which platform.' }),
    enabled: t.boolean({ description: meaning.enabled }),
    interval: t.field({
      type: 'Duration',
      description: 'How often to scan. At least `PT1M`; below `PT15M` is accepted with a warning. Default `PT30M`.',
    }),
    quietHours: t.field({ type: QuietHoursInputRef, description: meaning.quietHours }),
    criteria: t.field({ type: JobCriteriaInputRef, description: 'What a posting must be like.' }),
    scanEverything: t.boolean({ description: meaning.scanEverything }),
    maxResultsPerScan: t.int({ description: meaning.maxResultsPerScan }),
    requestsPerDay: t.int({ description: meaning.requestsPerDay }),
    connectsPerDay: t.int({ description: meaning.connectsPerDay }),
    connectsWarning: t.int({ description: meaning.connectsWarning }),
    scoreWeights: t.field({ type: ScoreWeightsInputRef, description: meaning.scoreWeights }),
    serviceFee: t.field({ type: 'Decimal', description: meaning.serviceFee }),
    expectedVersion: t.int({ description: 'Change only if this is still the version; else `ConflictError`.' }),
    dryRun: t.boolean({ required: true, defaultValue: false, description: 'Validate and report, change nothing.' }),
  }),
});

/** What is taken where the argument is left out; whole, see connection-inputs.ts. */
export const resetDefaults = { platform };

export const ResetScanPreferencesInputRef = builder.inputType('ResetScanPreferencesInput', {
  description: 'Whose preferences to reset.',
  fields: (t) => ({
    platform: t.field({ type: PlatformRef, required: true, defaultValue: platform, description: 'Which platform.' }),
  }),
});
