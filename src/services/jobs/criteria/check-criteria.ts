import type { UserFailure } from '../../failures/model.ts';
import {
  clientHistories,
  criterionNames,
  type DecimalRange,
  engagementDurations,
  experienceLevels,
  type JobCriteria,
  jobTypes,
  workloads,
} from '../model.ts';
import { invalid } from '../refuse.ts';
import { plainWordsOf } from '../text/words.ts';
import { checkContradictions } from './check-contradictions.ts';
import { countryCodeOf, isCountry } from './countries.ts';
import { toUnits } from './units.ts';

const mostEntries = 100;
const longestEntry = 200;
const currencyNames = new Intl.DisplayNames('en', { type: 'currency', fallback: 'none' });
/** Of words, those most like a word, for "did you mean". */
export type Nearest = (word: string, words: readonly string[]) => readonly string[];

/**
 * Everything that is wrong with criteria, each with its place (from the criteria object on) and the remedy; empty when
 * they can be used.
 */
export function checkCriteria(criteria: JobCriteria, nearest: Nearest = () => []): UserFailure[] {
  const failures = [
    ...checkLists(criteria, nearest),
    ...checkRange('hourlyRate', criteria.hourlyRate),
    ...checkRange('fixedBudget', criteria.fixedBudget),
    ...checkRange('clientSpend', criteria.clientSpend),
    ...checkRating(criteria.clientMinimumRating),
    ...checkNumber('maximumProposals', criteria.maximumProposals, 0, 1_000_000),
    ...checkNumber('maximumAge', criteria.maximumAgeMs, 1, 10 * 365 * 86_400_000),
    ...checkNumber('minimumMatchScore', criteria.minimumMatchScore, 0, 100),
  ];
  // What contradicts what is only asked of lists that can be read.
  return failures.length > 0 ? failures : checkContradictions(criteria);
}

function checkLists(criteria: JobCriteria, nearest: Nearest): UserFailure[] {
  const words = (entry: string) =>
    plainWordsOf(entry).length > 0 ? undefined : 'It needs a letter or digit to look for.';
  const country = (entry: string) => {
    if (isCountry(entry)) return undefined;
    const code = countryCodeOf(entry);
    return `Countries are given by their two-letter code (ISO 3166-1)${code ? `: write ${code}` : ', such as US'}.`;
  };
  const oneOf = (allowed: readonly string[]) => (entry: string) => {
    if (allowed.includes(entry)) return undefined;
    const near = nearest(entry, allowed);
    return near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Known are ${allowed.join(', ')}.`;
  };
  return [
    ...checkList('keywords', criteria.keywords, words),
    ...checkList('excludedKeywords', criteria.excludedKeywords, words),
    ...checkList('skills', criteria.skills, words),
    ...checkList('categories', criteria.categories, words),
    ...checkList('jobTypes', criteria.jobTypes, oneOf(jobTypes)),
    ...checkList('experienceLevels', criteria.experienceLevels, oneOf(experienceLevels)),
    ...checkList('workloads', criteria.workloads, oneOf(workloads)),
    ...checkList('durations', criteria.durations, oneOf(engagementDurations)),
    ...checkList('clientCountries', criteria.clientCountries, country),
    ...checkList('excludedClientCountries', criteria.excludedClientCountries, country),
    ...checkList('clientHistory', criteria.clientHistory, oneOf(clientHistories)),
    ...checkList('requireKnown', criteria.requireKnown, oneOf(criterionNames)),
  ];
}

/** `judge` says what is wrong with an entry, undefined when nothing is. */
function checkList(
  name: string,
  list: readonly string[] | undefined,
  judge: (entry: string) => string | undefined,
): UserFailure[] {
  if (!list) return [];
  if (list.length > mostEntries) {
    const message = `\`${name}\` has ${list.length} entries, at most ${mostEntries} are allowed. Leave some out, or use several searches.`;
    return [invalid([name], 'maxItems', message, { expected: `at most ${mostEntries}`, received: `${list.length}` })];
  }
  return list.flatMap((entry, index) => {
    const path = [name, String(index)];
    if (entry.length > longestEntry) {
      const message = `An entry of \`${name}\` has ${entry.length} characters, at most ${longestEntry} are allowed. Shorten it.`;
      return [
        invalid(path, 'maxLength', message, { expected: `at most ${longestEntry}`, received: `${entry.length}` }),
      ];
    }
    const remedy = judge(entry);
    return remedy ? [invalid(path, 'value', `\`${name}\` cannot hold "${entry}". ${remedy}`, { received: entry })] : [];
  });
}

function checkRange(name: string, range: DecimalRange | undefined): UserFailure[] {
  if (!range) return [];
  const bounds = (['min', 'max'] as const).flatMap((bound) => {
    const text = range[bound];
    if (text === undefined || toUnits(text) !== undefined) return [];
    const message = `\`${name}.${bound}\` is no amount. Write a number from 0 on such as 1250.50, without separators or a currency sign.`;
    return [invalid([name, bound], 'decimal', message, { received: text.slice(0, 40) })];
  });
  const { currency } = range;
  if (currency !== undefined && !(/^[A-Za-z]{3}$/.test(currency) && currencyNames.of(currency.toUpperCase()))) {
    const message = `\`${name}.currency\` is no currency. Write its three-letter code (ISO 4217), such as USD.`;
    bounds.push(invalid([name, 'currency'], 'currency', message, { received: currency.slice(0, 40) }));
  }
  const [min, max] = [range.min ?? '0', range.max].map((text) => (text === undefined ? undefined : toUnits(text)));
  if (bounds.length === 0 && min !== undefined && max !== undefined && min > max) {
    const message = `\`${name}\` is empty: its minimum ${range.min} is above its maximum ${range.max}. Swap them, or leave one out.`;
    bounds.push(invalid([name], 'range', message, { expected: 'min ≤ max', received: `${range.min}–${range.max}` }));
  }
  return bounds;
}

function checkRating(rating: string | undefined): UserFailure[] {
  const units = rating === undefined ? 0 : toUnits(rating);
  if (units !== undefined && units <= 50_000) return [];
  const message = '`clientMinimumRating` is no rating. Write a number from 0 to 5, such as 4.5.';
  return [
    invalid(['clientMinimumRating'], 'range', message, { expected: '0 to 5', received: String(rating).slice(0, 40) }),
  ];
}

function checkNumber(name: string, value: number | undefined, least: number, most: number): UserFailure[] {
  if (value === undefined || (Number.isSafeInteger(value) && value >= least && value <= most)) return [];
  const expected = name === 'maximumAge' ? 'longer than nothing and at most ten years' : `${least} to ${most}`;
  const message = `\`${name}\` is out of range. It can be ${expected}.`;
  return [invalid([name], 'range', message, { expected, received: String(value) })];
}
