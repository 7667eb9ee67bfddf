import type { Budget } from '../../budget/model.ts';
import type { Database } from '../../database/model.ts';
import type { PreferencesService } from '../../preferences/model.ts';
import type { SearchesForScans } from '../../searches/model.ts';
import { termsHash } from '../baselines.ts';
import { countSearches } from '../plan/plan.ts';
import { termsOf } from '../search-terms.ts';
import { wakingShare } from './quiet-hours.ts';

const dayMs = 86_400_000;
/** What a request takes before anything has been measured. */
const guessedRequestMs = 500;

/**
 * What scanning costs and gives, from what the scans of the last day with these preferences and searches cost.
 * Lengths in ms.
 */
export interface Estimates {
  /** Mean of the last day's scans; before the first one, what the plan says. */
  requestsPerScan(): number;
  /** The interval asked for, raised where the day's requests would not suffice for it. */
  quotaIntervalMs(): number;
  /** 0 while scanning is switched off. */
  requestsPerDay(): number;
  /** Median of the last day's scans. */
  scanMs(): number;
}

/** The estimates of this database. `preferences`, `budget` and `searches` are asked anew each time. */
export function createEstimates(
  db: Database,
  preferences: Pick<PreferencesService, 'current'>,
  budget: Pick<Budget, 'state'>,
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
  const samples = () =>
    measured.all({ version: preferences.current().version, searchesHash: termsHash(terms()) ?? null }) as {
      requests: number;
      durationMs: number | null;
    }[];

  const requestsPerScan = (): number => {
    const last = samples();
    if (last.length === 0) return countSearches(preferences.current().criteria, ...terms());
    return Math.max(1, last.reduce((sum, { requests }) => sum + requests, 0) / last.length);
  };
  const wakingMs = () => dayMs * wakingShare(preferences.current().quietHours);
  const quotaIntervalMs = (): number => {
    const { perDay } = budget.state();
    // The same reserve for proposals and identity as the budget keeps.
    const allowed = Math.max(1, perDay - Math.min(50, Math.floor(perDay / 10)));
    return Math.max(preferences.current().intervalMs, Math.ceil((wakingMs() * requestsPerScan()) / allowed));
  };
  return {
    requestsPerScan,
    quotaIntervalMs,
    requestsPerDay: () =>
      preferences.current().enabled ? Math.round((wakingMs() / quotaIntervalMs()) * requestsPerScan()) : 0,
    scanMs: () => {
      const durations = samples()
        .flatMap(({ durationMs }) => (durationMs === null ? [] : [durationMs]))
        .sort((a, b) => a - b);
      return durations[Math.floor(durations.length / 2)] ?? Math.round(requestsPerScan() * guessedRequestMs);
    },
  };
}
