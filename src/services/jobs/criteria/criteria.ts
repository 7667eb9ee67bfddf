import { type CriterionName, criterionNames, type DecimalRange, type JobCriteria } from '../model.ts';
import { allOf, anyOf, compose, isIn, noneOf, type Sql, sql } from '../sql.ts';
import { isFound, keywordsExpression, type SeqRange, skillsExpression } from '../text/match-text.ts';
import { phrasesOfKeyword } from '../text/phrases.ts';
import { toUnits } from './units.ts';

/** What evaluating criteria takes beside them. */
export interface CriteriaContext {
  readonly now: Date;
  /** What else a posting may call these categories (label, id, slug). */
  readonly categoryNames: (names: readonly string[]) => readonly string[];
  /** What a posting may call the categories of which these name subcategories. */
  readonly parentCategories: (names: readonly string[]) => readonly string[];
  /** The jobs that will be asked about, where they are few. */
  readonly range?: SeqRange | undefined;
  /** Jobs whose score, computed anew, reaches the minimum; undefined: the stored score decides. */
  readonly reaching?: readonly number[] | undefined;
}

/** One criterion as a condition on `jobs`: always true or false, so that it can be counted, negated and told apart. */
export interface CriterionCondition {
  readonly name: CriterionName;
  readonly holds: Sql;
}

/**
 * The one implementation of `JobCriteria`: a condition for each criterion that is set (an empty list is not set). All
 * of them must hold. A value that Upwork left out passes, unless `requireKnown` names the criterion. Says nothing of
 * purged jobs: see `matchesCriteria`.
 */
export function criteriaConditions(criteria: JobCriteria, context: CriteriaContext): CriterionCondition[] {
  return criterionNames.flatMap((name) => {
    const condition = builders[name](criteria, context);
    if (!condition) return [];
    const ifUnknown = criteria.requireKnown?.includes(name) ? '0' : '1';
    return [{ name, holds: compose(`coalesce({0}, ${ifUnknown})`, condition) }];
  });
}

/** All criteria as one condition; a purged job matches none. Criteria that ask for nothing hold for every job. */
export function matchesCriteria(criteria: JobCriteria, context: CriteriaContext): Sql {
  const conditions = criteriaConditions(criteria, context).map(({ holds }) => holds);
  return conditions.length === 0 ? sql('1') : allOf([sql('jobs.content_purged_at IS NULL'), ...conditions]);
}

/** Each gives null where the job does not say, undefined where the criterion is not set. */
const builders: Readonly<Record<CriterionName, (criteria: JobCriteria, context: CriteriaContext) => Sql | undefined>> =
  {
    keywords: ({ keywords }, { range }) =>
      ifAny(keywords, (list) => isFound(keywordsExpression(list.map(phrasesOfKeyword)), range)),
    excludedKeywords: ({ excludedKeywords }, { range }) =>
      ifAny(excludedKeywords, (list) => noneOf(isFound(keywordsExpression(list.map(phrasesOfKeyword)), range))),
    skills: ({ skills }, { range }) =>
      ifAny(skills, (list) => compose("iif(jobs.skills = '[]', NULL, {0})", isFound(skillsExpression(list), range))),
    categories: ({ categories }, { categoryNames, parentCategories }) =>
      ifAny(categories, (list) => isCategory([...list, ...categoryNames(list)], parentCategories(list))),
    jobTypes: ({ jobTypes }) => ifAny(jobTypes, (list) => isIn('jobs.type', list)),
    experienceLevels: ({ experienceLevels }) => ifAny(experienceLevels, (list) => isIn('jobs.experience_level', list)),
    workloads: ({ workloads }) => ifAny(workloads, (list) => isIn('jobs.workload', list)),
    durations: ({ durations }) => ifAny(durations, (list) => isIn('jobs.duration', list)),
    hourlyRate: ({ hourlyRate }) =>
      ifRange(hourlyRate, {
        low: 'coalesce(jobs.hourly_min, jobs.hourly_max)',
        high: 'coalesce(jobs.hourly_max, jobs.hourly_min)',
        currency: 'jobs.currency',
        otherType: 'FIXED_PRICE',
      }),
    fixedBudget: ({ fixedBudget }) =>
      ifRange(fixedBudget, {
        low: 'jobs.fixed_budget',
        high: 'jobs.fixed_budget',
        currency: 'jobs.currency',
        otherType: 'HOURLY',
      }),
    clientCountries: ({ clientCountries }) =>
      ifAny(clientCountries, (list) => isIn('jobs.client_country', list.map(upperCase))),
    excludedClientCountries: ({ excludedClientCountries }) =>
      ifAny(excludedClientCountries, (list) => compose('NOT {0}', isIn('jobs.client_country', list.map(upperCase)))),
    clientHistory: ({ clientHistory }) => ifAny(clientHistory, (list) => isIn(historyOfClient, list)),
    clientPaymentVerified: ({ clientPaymentVerified }) =>
      clientPaymentVerified === undefined ? undefined : sql('jobs.client_verified = ?', Number(clientPaymentVerified)),
    // Upwork gives a client nobody has rated yet a 0 (FACTS §5, samples): that is no rating.
    clientMinimumRating: ({ clientMinimumRating }) =>
      ifAmount(clientMinimumRating, 'up', (least) => sql('nullif(jobs.client_rating, 0) >= ?', least)),
    clientSpend: ({ clientSpend }) =>
      ifRange(clientSpend, {
        low: 'jobs.client_spent',
        high: 'jobs.client_spent',
        currency: 'jobs.client_spent_currency',
      }),
    maximumProposals: ({ maximumProposals }) =>
      maximumProposals === undefined ? undefined : sql('jobs.proposals <= ?', maximumProposals),
    maximumAge: ({ maximumAgeMs }, { now }) =>
      maximumAgeMs === undefined ? undefined : sql('jobs.posted_at >= ?', now.getTime() - maximumAgeMs),
    minimumMatchScore: ({ minimumMatchScore }, { reaching }) => {
      if (minimumMatchScore === undefined) return undefined;
      return reaching ? isIn('jobs.seq', reaching) : sql('jobs.score >= ?', minimumMatchScore);
    },
  };

const historyOfClient = `CASE WHEN jobs.client_hires = 0 THEN 'NO_HIRES' WHEN jobs.client_hires < 10 THEN 'ONE_TO_9_HIRES'
  WHEN jobs.client_hires >= 10 THEN 'TEN_PLUS_HIRES' END`;

const upperCase = (text: string) => text.toUpperCase();

function ifAny<Entry>(list: readonly Entry[] | undefined, build: (list: readonly Entry[]) => Sql): Sql | undefined {
  return list && list.length > 0 ? build(list) : undefined;
}

function ifAmount(text: string | undefined, rounding: 'up' | 'down', build: (units: number) => Sql): Sql | undefined {
  const units = text === undefined ? undefined : toUnits(text, rounding);
  return units === undefined ? undefined : build(units);
}

/**
 * What the job offers (`low` to `high`) meets the range. A job of the other type is nothing the range speaks of, and
 * passes; another currency says as much as no amount.
 */
function ifRange(
  range: DecimalRange | undefined,
  { low, high, currency, otherType }: { low: string; high: string; currency: string; otherType?: string },
): Sql | undefined {
  if (!range) return undefined;
  const bounds = [
    ifAmount(range.min, 'up', (least) => sql(`${high} >= ?`, least)),
    ifAmount(range.max, 'down', (most) => sql(`${low} <= ?`, most)),
  ].filter((bound) => bound !== undefined);
  if (bounds.length === 0) return undefined;
  const otherwise = compose(`iif(${currency} = ?, {0}, NULL)`, allOf(bounds));
  const amounts: Sql = { text: otherwise.text, values: [upperCase(range.currency ?? 'USD'), ...otherwise.values] };
  return otherType ? compose(`iif(jobs.type = '${otherType}', 1, {0})`, amounts) : amounts;
}

/** Of a posting without a subcategory nobody knows whether it is in one, where the wanted one is of its category. */
function isCategory(names: readonly string[], parents: readonly string[]): Sql {
  const ofCategory = ['jobs.category_id', 'jobs.category_label'];
  const ofSubcategory = ['jobs.subcategory_id', 'jobs.subcategory_label'];
  const columns = [...ofCategory, ...ofSubcategory];
  const oneIs = anyOf(columns.map((column) => isCalled(column, names)));
  const mayBe = compose(
    `coalesce(${ofSubcategory.join(', ')}) IS NULL AND {0}`,
    anyOf(ofCategory.map((column) => isCalled(column, parents))),
  );
  return compose(
    `CASE WHEN coalesce(${columns.join(', ')}) IS NULL THEN NULL WHEN {0} THEN 1 WHEN {1} THEN NULL ELSE 0 END`,
    oneIs,
    mayBe,
  );
}

function isCalled(column: string, names: readonly string[]): Sql {
  const wanted = [...new Set(names.map((name) => name.trim().toLowerCase()))];
  return compose('coalesce({0}, 0)', isIn(`lower(${column})`, wanted));
}
