import type { Log } from '../../log.ts';
import type { Scoring } from '../jobs/score/scoring.ts';
import type { PreferencesService, ScanPreferences } from '../preferences/model.ts';

/** What keeping scores takes. */
export interface RescoringDeps {
  readonly preferences: Pick<PreferencesService, 'current' | 'onChange'>;
  readonly scoring: Pick<Scoring, 'rescore' | 'isScoredBefore'>;
  readonly log: Log;
}

/**
 * Scores stored jobs anew whenever criteria or weights change, and at once those that were scored before the preferences in force: they were changed
 * while nothing ran. Returns how to stop; it resolves once nothing is written any more.
 */
export function startRescoring({ preferences, scoring, log }: RescoringDeps): () => Promise<void> {
  const stopping = new AbortController();
  let running = Promise.resolve();
  let known = preferences.current();
  const rescore = async ({ criteria }: ScanPreferences) => {
    try {
      const count = await scoring.rescore(criteria, stopping.signal);
      log.info({ count }, 'Stored jobs were scored anew');
    } catch (error) {
      log.error(
        { err: error },
        'Stored jobs could not be scored anew; the next change of the preferences tries it again',
      );
    }
  };
  const begin = (changed: ScanPreferences) => {
    running = Promise.all([running, rescore(changed)]).then(() => {});
  };
  const unsubscribe = preferences.onChange((changed) => {
    const isSame = judgementOf(changed) === judgementOf(known);
    known = changed;
    // After the change has been committed.
    if (!isSame) queueMicrotask(() => !stopping.signal.aborted && begin(changed));
  });
  if (scoring.isScoredBefore(known.updatedAt)) begin(known);
  return () => {
    unsubscribe();
    stopping.abort();
    return running;
  };
}

/** What scores depend on, as one text. */
function judgementOf({ criteria, scoreWeights }: ScanPreferences): string {
  return JSON.stringify([criteria, scoreWeights]);
}
