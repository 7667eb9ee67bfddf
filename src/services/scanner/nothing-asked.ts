import type { JobCriteria } from '../jobs/model.ts';
import type { PreferencesService } from '../preferences/model.ts';
import type { SearchesForScans } from '../searches/model.ts';

/** What to do where nothing says what to look for. */
export const nothingAsked =
  'Nothing says what to look for, so nothing is scanned. Write what you want into the preferences ' +
  '(keywords, skills, categories …), save a search that scans, or say `scan_everything: true` to read the whole market.';

/** Where it is said. */
export const sayWhatToLookFor = {
  kind: 'NONE',
  message: nothingAsked,
  command: 'ghoststack prospector preferences edit',
} as const;

/** Whether criteria ask for something: `requireKnown` says how to judge, and an empty list asks for nothing. */
export function asksForSomething({ requireKnown: _how, ...criteria }: JobCriteria): boolean {
  return Object.values(criteria).some((value) => value !== undefined && !(Array.isArray(value) && value.length === 0));
}

/** What the preferences and saved searches ask to be scanned. Asked anew each time. */
export interface Wanted {
  /** Whether these criteria, or else those of the preferences, are scanned for: nothing is scanned by guesswork. */
  isScanned(criteria?: JobCriteria): boolean;
  /** Whether nothing at all is to be scanned, neither for the preferences nor for a saved search. */
  isNothing(): boolean;
}

/** Reads it from preferences and searches. */
export function createWanted(
  preferences: Pick<PreferencesService, 'current'>,
  searches: Pick<SearchesForScans, 'active'>,
): Wanted {
  const isScanned: Wanted['isScanned'] = (criteria) => {
    const current = preferences.current();
    return current.scanEverything || asksForSomething(criteria ?? current.criteria);
  };
  return { isScanned, isNothing: () => !isScanned() && !searches.active().some(({ scan }) => scan) };
}
