import { systemRandom } from '../../../../src/random.ts';
import { nearestOf } from '../../../../src/services/categories/nearest.ts';
import { createConfiguration } from '../../../../src/services/configuration/create-configuration.ts';
import { checkCriteria } from '../../../../src/services/jobs/criteria/check-criteria.ts';
import { createJobs } from '../../../../src/services/jobs/jobs.ts';
import { createConfigurationText } from '../../../../src/services/preferences/configuration-text.ts';
import { checkSearch } from '../../../../src/services/searches/check-search.ts';
import { createSearches } from '../../../../src/services/searches/create-searches.ts';
import { countryCode, countryNames } from '../../../../src/services/upwork/reading/country-code.ts';
import { openPreferences } from '../preferences/rig.ts';

const words = {
  isSandbox: false,
  // Nobody has asked for the tree yet: any name of a category may be one.
  labels: () => undefined,
  nearest: nearestOf,
  countryCode,
  countryNames,
  checkCriteria: (criteria: Parameters<typeof checkCriteria>[0]) => checkCriteria(criteria, nearestOf),
};

/** Preferences, searches and their export over a file and database of their own. `yaml`: the preferences file. */
export function setUpConfiguration(yaml?: string) {
  const world = openPreferences(yaml, words);
  const { db, clock, preferences } = world;
  const { jobs, explain } = createJobs({ db, clock, random: systemRandom, retentionMs: 86_400_000 });
  const unknownCategories = () => [];
  const searches = createSearches({ db, clock, random: systemRandom, jobs, explain, unknownCategories });
  const configuration = createConfiguration({
    db,
    preferences,
    searches,
    text: createConfigurationText(words),
    checkSearch: (search, others) =>
      checkSearch(search, others, { checkCriteria: words.checkCriteria, unknownCategories, isChannel: () => true }),
  });
  return {
    ...world,
    preferences,
    searches,
    export: configuration.exportYaml,
    plan: (text: string) => configuration.importYaml({ yaml: text, dryRun: true }),
    import: (text: string) => configuration.importYaml({ yaml: text, dryRun: false }),
    [Symbol.dispose]: () => world[Symbol.dispose](),
  };
}
