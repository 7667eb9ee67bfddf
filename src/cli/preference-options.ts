import { type Command, InvalidArgumentError } from 'commander';
import { experienceLevels, jobTypes } from './choices.ts';
import { parseChoices, parseTexts, parseWholeNumber, parseWords } from './parse-options.ts';

/** What `addPreferenceOptions` leaves in a command's options. */
export interface PreferenceOptions {
  enable?: boolean;
  disable?: boolean;
  interval?: string;
  quietHours?: QuietHours | null;
  maxResults?: number;
  requestsPerDay?: number;
  category?: string[];
  keyword?: string[];
  excludeKeyword?: string[];
  skill?: string[];
  type?: string[];
  level?: string[];
  country?: string[];
  excludeCountry?: string[];
  clear?: string[];
  dryRun?: boolean;
}

interface QuietHours {
  start: string;
  end: string;
  timeZone: string;
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
};

/** Adds the options of `preferences set`. */
export function addPreferenceOptions(command: Command): Command {
  return command
    .option('--enable', 'scan on schedule')
    .option('--disable', 'do not scan on schedule')
    .option('--interval <length>', 'time between scans, e.g. 30m or PT1H')
    .option('--quiet-hours <hours>', '22:00-07:00@Europe/Berlin, or none', parseQuietHours)
    .option('--max-results <n>', 'postings a scan reads at most', parseWholeNumber(1, 5_000))
    .option('--requests-per-day <n>', 'requests to Upwork a day at most', parseWholeNumber(1, 40_000))
    .option('--category <name>', 'category or subcategory; repeat for several', parseTexts)
    .option('--keyword <words>', 'may be repeated', parseTexts)
    .option('--exclude-keyword <words>', 'may be repeated', parseTexts)
    .option('--skill <name>', 'may be repeated', parseTexts)
    .option('--type <type>', 'hourly or fixed; repeat for both', parseChoices(jobTypes))
    .option('--level <level>', 'entry, intermediate or expert; may be repeated', parseChoices(experienceLevels))
    .option('--country <code>', "client's country; may be repeated", parseWords)
    .option('--exclude-country <code>', 'may be repeated', parseWords)
    .option(
      '--clear <criteria>',
      `no longer limit, with commas: ${Object.keys(clearable).join(', ')}`,
      parseChoices(clearable),
    )
    .option('--dry-run', 'check and report, change nothing');
}

/** The `UpdateScanPreferencesInput` of these options: only what was named. */
export function preferencesInputOf(options: PreferenceOptions): Record<string, unknown> {
  const criteria = named({
    categories: options.category,
    keywords: options.keyword,
    excludedKeywords: options.excludeKeyword,
    skills: options.skill,
    jobTypes: options.type,
    experienceLevels: options.level,
    clientCountries: options.country?.map((code) => code.toUpperCase()),
    excludedClientCountries: options.excludeCountry?.map((code) => code.toUpperCase()),
    ...Object.fromEntries((options.clear ?? []).map((name) => [name, null])),
  });
  return named({
    enabled: options.enable ? true : options.disable ? false : undefined,
    interval: options.interval,
    quietHours: options.quietHours,
    maxResultsPerScan: options.maxResults,
    requestsPerDay: options.requestsPerDay,
    criteria: Object.keys(criteria).length > 0 ? criteria : undefined,
    dryRun: options.dryRun,
  });
}

function named(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function parseQuietHours(text: string): QuietHours | null {
  if (text === 'none') return null;
  const [, start, end, timeZone] = /^(\d\d:\d\d)-(\d\d:\d\d)@(\S+)$/.exec(text) ?? [];
  if (start && end && timeZone) return { start, end, timeZone };
  throw new InvalidArgumentError('Expected 22:00-07:00@Europe/Berlin, or none.');
}
