import type { z } from 'zod';
import {
  clientHistories,
  criterionNames,
  engagementDurations,
  experienceLevels,
  type JobCriteria,
  type JobType,
  workloads,
} from '../../jobs/model.ts';
import type { QuietHours, ScanPreferences } from '../model.ts';
import { formatLength } from './duration.ts';
import {
  choice,
  decimalRange,
  decimalUpTo,
  length,
  listOf,
  type Nearest,
  oneOf,
  quietHours,
  scoreWeights,
  wholeNumber,
  words,
  yesOrNo,
} from './value-schemas.ts';

/** Everything a file can say, by field; what it does not say is absent. */
export type Given = Partial<
  Pick<
    ScanPreferences,
    | 'enabled'
    | 'intervalMs'
    | 'quietHours'
    | 'scanEverything'
    | 'maxResultsPerScan'
    | 'requestsPerDay'
    | 'connectsPerDay'
    | 'connectsWarning'
    | 'scoreWeights'
    | 'serviceFee'
  > &
    JobCriteria
>;
export type Field = keyof Given;

/** One key of a map in a file. */
export interface Key {
  /** What its value is called inside. */
  readonly field: string;
  readonly name: string;
  /** Other names a reader of the GraphQL schema may try. */
  readonly aliases: readonly string[];
  /** Whether it is part of `criteria` in GraphQL. */
  readonly isCriterion: boolean;
  readonly schema: z.ZodType;
  /** A value as it is written into the file. */
  readonly write: (value: never) => unknown;
}

/** One key of `platforms.upwork`. */
export interface PreferenceKey extends Key {
  readonly field: Field;
}

/** What the words in a file are held against. */
export interface KnownWords {
  /** Seconds are allowed as an interval against a sandbox alone. */
  readonly isSandbox: boolean;
  /** Labels of all categories and subcategories; undefined while nobody knows them. */
  readonly labels: () => readonly string[] | undefined;
  readonly nearest: Nearest;
  /** ISO 3166-1 alpha-2 of a name or code. */
  readonly countryCode: (text: string) => string | undefined;
  readonly countryNames: readonly string[];
}

const types: Readonly<Record<string, JobType>> = { fixed: 'FIXED_PRICE', hourly: 'HOURLY' };
const lower = (values: readonly string[]) => values.map((value) => value.toLowerCase());
const lowerCased = <Value extends string>(values: readonly Value[]): Record<string, Value> =>
  Object.fromEntries(values.map((value) => [value.toLowerCase(), value]));
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const same = (value: unknown) => value;

/** All keys, in the order in which new ones are written. */
export function createKeys({
  isSandbox,
  labels,
  nearest,
  countryCode,
  countryNames,
}: KnownWords): readonly PreferenceKey[] {
  const category = choice(
    (text) => categoryOf(text, labels()),
    'expected a category or subcategory of Upwork',
    nearest,
    () => labels() ?? [],
  );
  const country = choice(countryCode, 'expected a country by its English name or code', nearest, () => countryNames);
  const criterion = oneOf(Object.fromEntries(criterionNames.map((name) => [snake(name), name])), nearest);
  const range = decimalRange(nearest);
  const number = (value: string) => Number(value);
  const writeRange = ({ min, max, currency }: { min?: string; max?: string; currency?: string }) => ({
    ...(min !== undefined && { min: number(min) }),
    ...(max !== undefined && { max: number(max) }),
    ...(currency !== undefined && { currency }),
  });
  const part = (
    field: Field,
    schema: z.ZodType,
    write: (value: never) => unknown = same,
    name = snake(field),
    aliases: string[] = [],
  ) => ({
    field,
    name,
    aliases,
    isCriterion: false,
    schema,
    write,
  });
  const wish = (...[field, ...rest]: Parameters<typeof part>) => ({ ...part(field, ...rest), isCriterion: true });
  return [
    part('enabled', yesOrNo),
    part(
      'intervalMs',
      length(isSandbox ? ['1s', 1_000] : ['1m', 60_000], ['30d', 30 * 86_400_000]),
      formatLength,
      'scan_interval',
      ['interval'],
    ),
    part('quietHours', quietHours(nearest), ({ start, end, timeZone }: QuietHours) => ({
      start,
      end,
      time_zone: timeZone,
    })),
    part('scanEverything', yesOrNo),
    part('maxResultsPerScan', wholeNumber(1, 5_000)),
    part('requestsPerDay', wholeNumber(1, 40_000)),
    part('connectsPerDay', wholeNumber(0, 1_000_000)),
    part('connectsWarning', wholeNumber(0, 1_000_000)),
    part('scoreWeights', scoreWeights),
    part('serviceFee', decimalUpTo(50), number),
    wish('categories', listOf(category)),
    wish('keywords', listOf(words)),
    wish('excludedKeywords', listOf(words)),
    wish('skills', listOf(words)),
    wish(
      'jobTypes',
      listOf(oneOf(types, nearest)),
      (value: JobType[]) => value.map((type) => (type === 'FIXED_PRICE' ? 'fixed' : 'hourly')),
      'job_type',
      ['job_types'],
    ),
    wish('experienceLevels', listOf(oneOf(lowerCased(experienceLevels), nearest)), lower, 'experience_level', [
      'experience_levels',
    ]),
    wish('workloads', listOf(oneOf(lowerCased(workloads), nearest)), lower, 'workloads', ['workload']),
    wish('durations', listOf(oneOf(lowerCased(engagementDurations), nearest)), lower, 'durations', ['duration']),
    wish('hourlyRate', range, writeRange),
    wish('fixedBudget', range, writeRange),
    wish('clientCountries', listOf(country)),
    wish('excludedClientCountries', listOf(country)),
    wish('clientHistory', listOf(oneOf(lowerCased(clientHistories), nearest)), lower),
    wish('clientPaymentVerified', yesOrNo),
    wish('clientMinimumRating', decimalUpTo(5), number),
    wish('clientSpend', range, writeRange),
    wish('maximumProposals', wholeNumber(0, 1_000_000)),
    wish('maximumAgeMs', length(['1s', 1_000], ['3650d', 3_650 * 86_400_000]), formatLength, 'maximum_age'),
    wish('minimumMatchScore', wholeNumber(0, 100)),
    wish('requireKnown', listOf(criterion), (value: string[]) => value.map(snake)),
  ];
}

/** The name as it was written, when it is a label in any case, a slug of one, or an id; anything while no labels are known. */
function categoryOf(text: string, labels: readonly string[] | undefined): string | undefined {
  if (text === '') return undefined;
  if (labels === undefined || /^\d+$/.test(text)) return text;
  const slug = (name: string) =>
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_|_$/g, '');
  const wanted = text.toLowerCase();
  return labels.some((label) => label.toLowerCase() === wanted || slug(label) === wanted) ? text : undefined;
}
