import { type Command, InvalidArgumentError } from 'commander';
import { experienceLevels, jobTypes } from './choices.ts';
import { parseChoices, parseTexts, parseWholeNumber, parseWords } from './parse-options.ts';

/** What `addCriteriaOptions` leaves in a command's options. */
export interface CriteriaOptions {
  category?: string[];
  keyword?: string[];
  excludeKeyword?: string[];
  skill?: string[];
  type?: string[];
  level?: string[];
  country?: string[];
  excludeCountry?: string[];
  hourlyRate?: Range;
  budget?: Range;
  verifiedPayment?: boolean;
  maxProposals?: number;
  maxAge?: string;
  minScore?: number;
  clear?: string[];
}

interface Range {
  min?: string;
  max?: string;
  currency?: string;
}

const clearable: Readonly<Record<string, string>> = {
  categories: 'categories',
  keywords: 'keywords',
  'excluded-keywords': 'excludedKeywords',
  skills: 'skills',
  types: 'jobTypes',
  levels: 'experienceLevels',
  countries: 'clientCountries',
  'excluded-countries': 'excludedClientCountries',
  'hourly-rate': 'hourlyRate',
  budget: 'fixedBudget',
  'verified-payment': 'clientPaymentVerified',
  'max-proposals': 'maximumProposals',
  'max-age': 'maximumAge',
  'min-score': 'minimumMatchScore',
};

/** Adds the criteria that `preferences set` and `searches` take. */
export function addCriteriaOptions(command: Command): Command {
  return command
    .option('--category <name>', 'category or subcategory; repeat for several', parseTexts)
    .option('--keyword <words>', 'may be repeated', parseTexts)
    .option('--exclude-keyword <words>', 'may be repeated', parseTexts)
    .option('--skill <name>', 'may be repeated', parseTexts)
    .option('--type <type>', 'hourly or fixed; repeat for both', parseChoices(jobTypes))
    .option('--level <level>', 'entry, intermediate or expert; may be repeated', parseChoices(experienceLevels))
    .option('--country <code>', "client's country; may be repeated", parseWords)
    .option('--exclude-country <code>', 'may be repeated', parseWords)
    .option('--hourly-rate <range>', '40-80, 40- or -80, with a currency if not USD: 40-80EUR', parseRange)
    .option('--budget <range>', 'of a fixed price, as --hourly-rate', parseRange)
    .option('--verified-payment', 'only clients with a verified payment method')
    .option('--max-proposals <n>', 'at most so many proposals when last seen', parseWholeNumber(0, 1_000_000))
    .option('--max-age <length>', 'posted no longer ago, e.g. 12h or P3D')
    .option('--min-score <n>', 'score at least this, 0 to 100', parseWholeNumber(0, 100));
}

/** Adds `--clear`, for commands that change criteria. */
export function addClearOption(command: Command): Command {
  return command.option(
    '--clear <criteria>',
    `no longer limit, with commas: ${Object.keys(clearable).join(', ')}`,
    parseChoices(clearable),
  );
}

/** The `JobCriteriaInput` of these options: only what was named; undefined when nothing was. */
export function criteriaInputOf(options: CriteriaOptions): Record<string, unknown> | undefined {
  const criteria = named({
    categories: options.category,
    keywords: options.keyword,
    excludedKeywords: options.excludeKeyword,
    skills: options.skill,
    jobTypes: options.type,
    experienceLevels: options.level,
    clientCountries: options.country?.map((code) => code.toUpperCase()),
    excludedClientCountries: options.excludeCountry?.map((code) => code.toUpperCase()),
    hourlyRate: options.hourlyRate,
    fixedBudget: options.budget,
    clientPaymentVerified: options.verifiedPayment,
    maximumProposals: options.maxProposals,
    maximumAge: options.maxAge,
    minimumMatchScore: options.minScore,
    ...Object.fromEntries((options.clear ?? []).map((name) => [name, null])),
  });
  return Object.keys(criteria).length > 0 ? criteria : undefined;
}

/** Without what is undefined. */
export function named(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function parseRange(text: string): Range {
  const [, min, max, currency] = /^(\d+(?:\.\d+)?)?-(\d+(?:\.\d+)?)?\s*([A-Za-z]{3})?$/.exec(text) ?? [];
  if (min === undefined && max === undefined) throw new InvalidArgumentError('Expected 40-80, 40- or -80.');
  return {
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(currency !== undefined && { currency: currency.toUpperCase() }),
  };
}
