import type { JobCriteria } from '../jobs/model.ts';
import { type PreferencesValues, valuesOf } from './in-force.ts';
import { interpret, type PreferencesProblem, type Rules } from './keys/interpret.ts';
import { createKeys, type Given, type Key, type KnownWords, type PreferenceKey } from './keys/keys.ts';
import { type DescribedSearch, readSearches } from './keys/read-searches.ts';
import { searchKeys } from './keys/search-keys.ts';
import type { PreferencesPatch } from './model.ts';
import { renderPair } from './yaml/render-yaml.ts';

/** A configuration as a text says it. A part that does not stand in the text is absent. */
export interface ReadConfiguration {
  readonly preferences?: PreferencesValues;
  /** What of it the text says itself. */
  readonly given: Given;
  readonly searches?: readonly DescribedSearch[];
  readonly problems: readonly PreferencesProblem[];
}

/** Values by the names of the file, as plain data. */
export type PlainValues = Readonly<Record<string, unknown>>;

/** Preferences and searches as YAML and back, with the keys and rules of `prospector.yaml`. */
export interface ConfigurationText {
  /** Every problem at once; never throws. */
  read(yaml: string): ReadConfiguration;
  write(preferences: PreferencesValues, searches: readonly Omit<DescribedSearch, 'line'>[]): string;
  /** What is set, in the order of the keys. */
  plainPreferences(preferences: PreferencesValues): PlainValues;
  /** What makes preferences say the same as `read` under these names; what the text does not say goes back to its default. */
  patchOf(read: ReadConfiguration, names: readonly string[]): PreferencesPatch;
  /** The same of one search, `criteria` among it. */
  plainSearch(search: Omit<DescribedSearch, 'line'>): PlainValues;
}

/** Characters. Far more than every search with every criterion needs; what parses slowly is longer. */
const longest = 512 * 1024;
const head =
  '# Preferences and saved searches of Prospector. `import` puts them in force. No secret belongs in here.\n';

/** The texts of this server. */
export function createConfigurationText(deps: KnownWords & Pick<Rules, 'checkCriteria'>): ConfigurationText {
  const rules: Rules = { keys: createKeys(deps), nearest: deps.nearest, checkCriteria: deps.checkCriteria };
  const criterionKeys = rules.keys.filter(({ isCriterion }) => isCriterion);
  const plainPreferences = ({ criteria, ...rest }: PreferencesValues) => plain(rules.keys, { ...rest, ...criteria });
  const plainSearch = (search: Omit<DescribedSearch, 'line'>) =>
    plain(searchKeys, { ...search, criteria: criteriaOf(search.criteria) });
  const criteriaOf = (criteria: JobCriteria) => {
    const values = plain(criterionKeys, criteria);
    return Object.keys(values).length > 0 ? values : undefined;
  };
  return {
    read: (yaml) => {
      if (yaml.length > longest) return { given: {}, problems: [tooLong(yaml.length)] };
      const { document, section, given, problems } = interpret(yaml, rules, ['searches']);
      const { searches, problems: others } = readSearches(document, rules);
      return {
        ...(section && { preferences: valuesOf(given, rules.keys) }),
        given,
        ...(searches && { searches }),
        problems: [...problems, ...others].toSorted((a, b) => a.line - b.line),
      };
    },
    write: (preferences, searches) =>
      [
        head,
        renderPair('platforms', { upwork: plainPreferences(preferences) }, 0),
        searches.length > 0 ? renderPair('searches', searches.map(plainSearch), 0) : 'searches: []\n',
      ].join(''),
    plainPreferences,
    patchOf: ({ given }, names) => {
      const named = rules.keys.filter(({ name }) => names.includes(name));
      const patch = (keys: readonly PreferenceKey[]) =>
        Object.fromEntries(keys.map(({ field }) => [field, given[field] ?? null]));
      const criteria = patch(named.filter(({ isCriterion }) => isCriterion));
      return {
        ...patch(named.filter(({ isCriterion }) => !isCriterion)),
        ...(Object.keys(criteria).length > 0 && { criteria }),
      };
    },
    plainSearch,
  };
}

function plain(keys: readonly Key[], values: object): PlainValues {
  const given = values as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    keys.flatMap(({ field, name, write }) =>
      given[field] === undefined ? [] : [[name, tidy(write(given[field] as never))] as const],
    ),
  );
}

/** As it is read back: each entry of a list once, without blanks around it. */
function tidy(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return [...new Set(value.map((entry) => (typeof entry === 'string' ? entry.trim() : entry)))];
}

function tooLong(length: number): PreferencesProblem {
  const message = `it has ${length} characters; at most ${longest} are read.`;
  return { line: 1, steps: [], constraint: 'maxLength', message };
}
