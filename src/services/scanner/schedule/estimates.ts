import type { Budget } from '../../budget/model.ts';
import type { Database } from '../../database/model.ts';
import type { PreferencesService, ScanPreferences } from '../../preferences/model.ts';
import type { SearchesForScans } from '../../searches/model.ts';
import { requestPurposes } from '../../upwork/model.ts';
import { termsHash } from '../baselines.ts';
import type { ScanPlan } from '../model.ts';
import { countSearches } from '../plan/plan.ts';
import { termsOf } from '../search-terms.ts';
import { wakingShare } from './quiet-hours.ts';

const dayMs = 86_400_000;
/** What a request takes before anything has been measured. */
const guessedRequestMs = 500;

/**
 * What scanning costs and gives, from what the scans of the last day with these preferences and searches cost.
 */
export interface Estimates {
  /** Of the preferences in force, or of others before they are. */
  plan(preferences?: ScanPreferences): ScanPlan;
}

/** The estimates of this database. `preferences`, `budget` and `searches` are asked anew each time. */
export function createEstimates(
  db: Database,
  preferences: Pick<PreferencesService, 'current'>,
  budget: Pick<Budget, 'shares' | 'meanPerDay'>,
  searches: Pick<SearchesForScans, 'active'>,
): Estimates {
  const measured = db.sql.prepare(
    `SELECT upstream_requests AS requests, duration_ms AS durationMs FROM scans
     WHERE status = 'SUCCEEDED' AND dry_run = 0 AND baseline = 0 AND criteria IS NULL AND preferences_version = @version
       AND searches_hash IS @searchesHash
       AND queued_at > (SELECT max(queued_at) FROM scans) - ${dayMs}`,
  );
  const terms = () =>
    searches
      .active()
      .filter(({ scan }) => scan)
      .map(termsOf);
  // A whole day of them: the first scan after a night without reads more pages than the others.
  const samplesOf = (version: number) =>
    measured.all({ version, searchesHash: termsHash(terms()) ?? null }) as {
      requests: number;
      durationMs: number | null;
    }[];

  return {
    plan: (wanted = preferences.current()) => {
      const current = preferences.current();
      // What scans with other criteria cost says nothing of these.
      const isMeasured = JSON.stringify(wanted.criteria) === JSON.stringify(current.criteria);
      const samples = isMeasured ? samplesOf(current.version) : [];
      const requestsPerScan =
        samples.length === 0
          ? countSearches(wanted.criteria, ...terms())
          : Math.max(1, samples.reduce((sum, { requests }) => sum + requests, 0) / samples.length);
      const wakingMs = dayMs * wakingShare(wanted.quietHours);
      const shares = budget.shares(wanted.requestsPerDay);
      const most = Math.max(1, shares.find(({ purpose }) => purpose === 'SCAN')?.most ?? 1);
      const intervalMs = Math.max(wanted.intervalMs, Math.ceil((wakingMs * requestsPerScan) / most));
      const requestsPerDay = wanted.enabled ? Math.round((wakingMs / intervalMs) * requestsPerScan) : 0;
      const scanMs = medianOf(samples) ?? Math.round(requestsPerScan * guessedRequestMs);
      const mean = budget.meanPerDay();
      return {
        requestsPerScan,
        intervalMs,
        requestsPerDay,
        scanMs,
        latencyMs: Math.round(intervalMs / 2 + scanMs),
        byPurpose: requestPurposes.flatMap((purpose) => {
          const share = shares.find((one) => one.purpose === purpose);
          return share ? [{ ...share, expected: purpose === 'SCAN' ? requestsPerDay : Math.round(mean[purpose]) }] : [];
        }),
      };
    },
  };
}

function medianOf(samples: readonly { readonly durationMs: number | null }[]): number | undefined {
  const durations = samples
    .flatMap(({ durationMs }) => (durationMs === null ? [] : [durationMs]))
    .sort((a, b) => a - b);
  return durations[Math.floor(durations.length / 2)];
}
