import type { DecimalRange, JobCriteria, MoneyRange } from '../../services/jobs/model.ts';
import { builder } from '../builder.ts';
import { MoneyRangeInputRef, MoneyRangeRef } from '../scalars/money.ts';
import {
  ClientHistoryRef,
  EngagementDurationRef,
  ExperienceLevelRef,
  JobTypeRef,
  WorkloadRef,
} from './criteria-enums.ts';

/** What each criterion means, for what is read and what is written. */
const meaning = {
  keywords:
    'Words to look for in title, description and skills; one entry suffices. All words of an entry must occur, in order when it is quoted.',
  excludedKeywords: 'None of these may occur.',
  skills: 'One of these skills must be asked for.',
  categories: "Labels or Upwork's ids, of categories or subcategories; one suffices.",
  jobTypes: 'One of these ways to be paid.',
  experienceLevels: 'One of these levels.',
  workloads: 'One of these workloads.',
  durations: 'One of these lengths.',
  hourlyRate: 'The hourly rate must overlap this range.',
  fixedBudget: 'The budget must lie in this range.',
  clientCountries: 'The client must be in one of these countries.',
  excludedClientCountries: 'The client must be in none of these countries.',
  clientHistory: 'The client must have hired as often as one of these says.',
  clientPaymentVerified: "True: the client's payment method must be verified.",
  clientMinimumRating: 'The client must be rated at least so, 0 to 5.',
  clientSpend: 'What the client has spent in all must lie in this range.',
  maximumProposals: 'At most so many proposals when last seen.',
  maximumAge: 'Posted no longer ago than this.',
  minimumMatchScore: 'Score at least this, 0 to 100.',
  requireKnown: 'Names of criteria for which a value Upwork left out does not pass, e.g. `["hourlyRate"]`.',
};

export const JobCriteriaRef = builder.objectRef<JobCriteria>('JobCriteria').implement({
  description:
    "The criteria shared by scanning, saved searches, `jobs` and `jobPosted`. All that are set must hold; of a list one entry suffices, of an excluding list none may hold. All words of one keyword must occur, in order when it is quoted. `categories` takes labels or Upwork's ids, of categories or subcategories. A value Upwork left out passes, unless the criterion's name is in `requireKnown`.",
  fields: (t) => ({
    keywords: t.stringList({ description: meaning.keywords, resolve: ({ keywords }) => keywords ?? [] }),
    excludedKeywords: t.stringList({
      description: meaning.excludedKeywords,
      resolve: ({ excludedKeywords }) => excludedKeywords ?? [],
    }),
    skills: t.stringList({ description: meaning.skills, resolve: ({ skills }) => skills ?? [] }),
    categories: t.stringList({ description: meaning.categories, resolve: ({ categories }) => categories ?? [] }),
    jobTypes: t.field({
      type: [JobTypeRef],
      description: meaning.jobTypes,
      resolve: ({ jobTypes }) => jobTypes ?? [],
    }),
    experienceLevels: t.field({
      type: [ExperienceLevelRef],
      description: meaning.experienceLevels,
      resolve: ({ experienceLevels }) => experienceLevels ?? [],
    }),
    workloads: t.field({
      type: [WorkloadRef],
      description: meaning.workloads,
      resolve: ({ workloads }) => workloads ?? [],
    }),
    durations: t.field({
      type: [EngagementDurationRef],
      description: meaning.durations,
      resolve: ({ durations }) => durations ?? [],
    }),
    hourlyRate: t.field({
      type: MoneyRangeRef,
      nullable: true,
      description: meaning.hourlyRate,
      resolve: ({ hourlyRate }) => moneyRangeOf(hourlyRate),
    }),
    fixedBudget: t.field({
      type: MoneyRangeRef,
      nullable: true,
      description: meaning.fixedBudget,
      resolve: ({ fixedBudget }) => moneyRangeOf(fixedBudget),
    }),
    clientCountries: t.field({
      type: ['CountryCode'],
      description: meaning.clientCountries,
      resolve: ({ clientCountries }) => clientCountries ?? [],
    }),
    excludedClientCountries: t.field({
      type: ['CountryCode'],
      description: meaning.excludedClientCountries,
      resolve: ({ excludedClientCountries }) => excludedClientCountries ?? [],
    }),
    clientHistory: t.field({
      type: [ClientHistoryRef],
      description: meaning.clientHistory,
      resolve: ({ clientHistory }) => clientHistory ?? [],
    }),
    clientPaymentVerified: t.exposeBoolean('clientPaymentVerified', {
      nullable: true,
      description: meaning.clientPaymentVerified,
    }),
    clientMinimumRating: t.expose('clientMinimumRating', {
      type: 'Decimal',
      nullable: true,
      description: meaning.clientMinimumRating,
    }),
    clientSpend: t.field({
      type: MoneyRangeRef,
      nullable: true,
      description: meaning.clientSpend,
      resolve: ({ clientSpend }) => moneyRangeOf(clientSpend),
    }),
    maximumProposals: t.exposeInt('maximumProposals', { nullable: true, description: meaning.maximumProposals }),
    maximumAge: t.expose('maximumAgeMs', { type: 'Duration', nullable: true, description: meaning.maximumAge }),
    minimumMatchScore: t.exposeInt('minimumMatchScore', { nullable: true, description: meaning.minimumMatchScore }),
    requireKnown: t.stringList({
      description: meaning.requireKnown,
      resolve: ({ requireKnown }) => requireKnown ?? [],
    }),
  }),
});

export const JobCriteriaInputRef = builder.inputType('JobCriteriaInput', {
  description: 'Criteria as `JobCriteria` explains them. Fields left out are unchanged; `null` clears.',
  fields: (t) => ({
    keywords: t.stringList({ description: meaning.keywords }),
    excludedKeywords: t.stringList({ description: meaning.excludedKeywords }),
    skills: t.stringList({ description: meaning.skills }),
    categories: t.stringList({ description: meaning.categories }),
    jobTypes: t.field({ type: [JobTypeRef], description: meaning.jobTypes }),
    experienceLevels: t.field({ type: [ExperienceLevelRef], description: meaning.experienceLevels }),
    workloads: t.field({ type: [WorkloadRef], description: meaning.workloads }),
    durations: t.field({ type: [EngagementDurationRef], description: meaning.durations }),
    hourlyRate: t.field({ type: MoneyRangeInputRef, description: meaning.hourlyRate }),
    fixedBudget: t.field({ type: MoneyRangeInputRef, description: meaning.fixedBudget }),
    clientCountries: t.field({ type: ['CountryCode'], description: meaning.clientCountries }),
    excludedClientCountries: t.field({ type: ['CountryCode'], description: meaning.excludedClientCountries }),
    clientHistory: t.field({ type: [ClientHistoryRef], description: meaning.clientHistory }),
    clientPaymentVerified: t.boolean({ description: meaning.clientPaymentVerified }),
    clientMinimumRating: t.field({ type: 'Decimal', description: meaning.clientMinimumRating }),
    clientSpend: t.field({ type: MoneyRangeInputRef, description: meaning.clientSpend }),
    maximumProposals: t.int({ description: meaning.maximumProposals }),
    maximumAge: t.field({ type: 'Duration', description: meaning.maximumAge }),
    minimumMatchScore: t.int({ description: meaning.minimumMatchScore }),
    requireKnown: t.stringList({ description: meaning.requireKnown }),
  }),
});

function moneyRangeOf(range: DecimalRange | undefined): MoneyRange | null {
  if (!range) return null;
  const { min, max, currency = 'USD' } = range;
  return {
    ...(min !== undefined && { min: { amount: min, currency } }),
    ...(max !== undefined && { max: { amount: max, currency } }),
  };
}
