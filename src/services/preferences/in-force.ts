import type { Warning } from '../failures/model.ts';
import { defaultScoreWeights, type JobCriteria } from '../jobs/model.ts';
import type { Given, PreferenceKey } from './keys/keys.ts';
import type { ScanPreferences } from './model.ts';

/** Preferences without what the database says of them. */
export type PreferencesValues = Omit<ScanPreferences, 'id' | 'version' | 'updatedAt'>;

const recommendedMs = 15 * 60_000;

/** What is given, with the defaults of everything else, and what is worth knowing about it. */
export function valuesOf(given: Given, keys: readonly PreferenceKey[]): PreferencesValues {
  const wishes = keys.filter(({ isCriterion, field }) => isCriterion && given[field] !== undefined);
  const criteria: JobCriteria = Object.fromEntries(wishes.map(({ field }) => [field, given[field]]));
  const { quietHours, connectsPerDay, connectsWarning } = given;
  const intervalMs = given.intervalMs ?? 30 * 60_000;
  return {
    enabled: given.enabled ?? true,
    intervalMs,
    ...(quietHours && { quietHours }),
    criteria,
    scanEverything: given.scanEverything ?? false,
    maxResultsPerScan: given.maxResultsPerScan ?? 50,
    requestsPerDay: given.requestsPerDay ?? 500,
    ...(connectsPerDay !== undefined && { connectsPerDay }),
    ...(connectsWarning !== undefined && { connectsWarning }),
    scoreWeights: given.scoreWeights ?? defaultScoreWeights,
    serviceFee: given.serviceFee ?? '10',
    warnings: [...intervalWarnings(intervalMs), ...criteriaWarnings(criteria)],
  };
}

function intervalWarnings(intervalMs: number): Warning[] {
  if (intervalMs >= recommendedMs) return [];
  return [
    {
      code: 'INTERVAL_BELOW_RECOMMENDED',
      message:
        'Upwork restricts accounts that ask too often. An interval of 15 minutes or more is recommended; 30 minutes is the default.',
      path: ['interval'],
    },
  ];
}

/** Criteria that can match, but do less than they seem to. */
function criteriaWarnings(criteria: JobCriteria): Warning[] {
  const { jobTypes = [], clientHistory = [], hourlyRate, fixedBudget, clientMinimumRating, clientSpend } = criteria;
  const only = <Value>(list: readonly Value[], value: Value) =>
    list.length > 0 && list.every((entry) => entry === value);
  const found: [name: string, applies: boolean, message: string][] = [
    [
      'hourlyRate',
      hourlyRate !== undefined && only(jobTypes, 'FIXED_PRICE'),
      'An hourly rate is asked for, and only jobs of a fixed price are wanted.',
    ],
    [
      'fixedBudget',
      fixedBudget !== undefined && only(jobTypes, 'HOURLY'),
      'A fixed budget is asked for, and only hourly jobs are wanted.',
    ],
    [
      'clientSpend',
      Number(clientSpend?.min ?? 0) > 0 && only(clientHistory, 'NO_HIRES'),
      'Only clients without hires are wanted, and those have spent nothing.',
    ],
    [
      'clientMinimumRating',
      Number(clientMinimumRating ?? 0) > 0 && only(clientHistory, 'NO_HIRES'),
      'Only clients without hires are wanted, and those have no rating.',
    ],
  ];
  return found
    .filter(([, applies]) => applies)
    .map(([name, , message]) => ({
      code: 'FILTER_CONTRADICTORY',
      message: `${message} Leave one of the two out.`,
      path: ['criteria', name],
    }));
}
