import { type Command, InvalidArgumentError } from 'commander';
import {
  addClearOption,
  addCriteriaOptions,
  type CriteriaOptions,
  criteriaInputOf,
  named,
} from './criteria-options.ts';
import { parseWholeNumber } from './parse-options.ts';

/** What `addPreferenceOptions` leaves in a command's options. */
export interface PreferenceOptions extends CriteriaOptions {
  enable?: boolean;
  disable?: boolean;
  interval?: string;
  quietHours?: QuietHours | null;
  maxResults?: number;
  requestsPerDay?: number;
  dryRun?: boolean;
}

interface QuietHours {
  start: string;
  end: string;
  timeZone: string;
}

/** Adds the options of `preferences set`. */
export function addPreferenceOptions(command: Command): Command {
  const scheduled = command
    .option('--enable', 'scan on schedule')
    .option('--disable', 'do not scan on schedule')
    .option('--interval <length>', 'time between scans, e.g. 30m or PT1H')
    .option('--quiet-hours <hours>', '22:00-07:00@Europe/Berlin, or none', parseQuietHours)
    .option('--max-results <n>', 'postings a scan reads at most', parseWholeNumber(1, 5_000))
    .option('--requests-per-day <n>', 'requests to Upwork a day at most', parseWholeNumber(1, 40_000));
  return addClearOption(addCriteriaOptions(scheduled)).option('--dry-run', 'check and report, change nothing');
}

/** The `UpdateScanPreferencesInput` of these options: only what was named. */
export function preferencesInputOf(options: PreferenceOptions): Record<string, unknown> {
  return named({
    enabled: options.enable ? true : options.disable ? false : undefined,
    interval: options.interval,
    quietHours: options.quietHours,
    maxResultsPerScan: options.maxResults,
    requestsPerDay: options.requestsPerDay,
    criteria: criteriaInputOf(options),
    dryRun: options.dryRun,
  });
}

function parseQuietHours(text: string): QuietHours | null {
  if (text === 'none') return null;
  const [, start, end, timeZone] = /^(\d\d:\d\d)-(\d\d:\d\d)@(\S+)$/.exec(text) ?? [];
  if (start && end && timeZone) return { start, end, timeZone };
  throw new InvalidArgumentError('Expected 22:00-07:00@Europe/Berlin, or none.');
}
