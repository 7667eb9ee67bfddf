import type { Command } from 'commander';
import { experienceLevels, jobStates, jobTypes, triages } from './choices.ts';
import { parseChoices, parseSince, parseTexts, parseWords } from './parse-options.ts';

/** What `addJobFilterOptions` leaves in a command's options. */
export interface JobFilterOptions {
  type?: string[];
  level?: string[];
  category?: string[];
  keyword?: string[];
  country?: string[];
  triage?: string[];
  state?: string[];
  since?: string;
  search?: string;
}

/** Adds the filters `jobs` and `watch` share. */
export function addJobFilterOptions(command: Command): Command {
  return command
    .option('--type <type>', 'hourly or fixed; repeat for both', parseChoices(jobTypes))
    .option('--level <level>', 'entry, intermediate or expert; may be repeated', parseChoices(experienceLevels))
    .option('--category <name>', 'category or subcategory; may be repeated', parseTexts)
    .option('--keyword <words>', 'all words must occur, in order when "quoted"; may be repeated', parseTexts)
    .option('--country <code>', "client's country, e.g. US; may be repeated", parseWords)
    .option('--triage <triage>', 'new, seen, shortlisted, dismissed or applied', parseChoices(triages))
    .option('--state <state>', 'open, closed, filled or removed', parseChoices(jobStates))
    .option('--since <when>', 'posted since: 24h, 7d, or a time', parseSince)
    .option('--search <id>', 'matches this saved search, search_… id');
}

/** The `JobFilter` of the API for these options; undefined when none is set. */
export function jobFilterOf(options: JobFilterOptions): object | undefined {
  const criteria = withoutUndefined({
    jobTypes: options.type,
    experienceLevels: options.level,
    categories: options.category,
    keywords: options.keyword,
    clientCountries: options.country?.map((code) => code.toUpperCase()),
  });
  return withoutUndefined({
    criteria,
    savedSearchId: options.search,
    triage: options.triage,
    states: options.state,
    postedAt: options.since === undefined ? undefined : { gte: options.since },
  });
}

function withoutUndefined(values: Record<string, unknown>): object | undefined {
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  return set.length > 0 ? Object.fromEntries(set) : undefined;
}
