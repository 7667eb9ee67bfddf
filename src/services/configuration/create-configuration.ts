import type { Database } from '../database/model.ts';
import { DomainError, type UserFailure, type Warning } from '../failures/model.ts';
import type { ConfigurationText, ReadConfiguration } from '../preferences/configuration-text.ts';
import type { PreferencesProblem } from '../preferences/keys/interpret.ts';
import type { PreferencesService } from '../preferences/model.ts';
import type { SearchService } from '../searches/model.ts';
import { changesBetween } from './changes-between.ts';
import type { ConfigurationService } from './model.ts';
import { type CheckSearch, type PlannedSearch, planSearches } from './plan-searches.ts';

/** What exporting and importing need. */
export interface ConfigurationDeps {
  readonly db: Database;
  readonly preferences: Pick<PreferencesService, 'current' | 'update'>;
  readonly searches: Pick<SearchService, 'all' | 'create' | 'update'>;
  readonly text: ConfigurationText;
  readonly checkSearch: CheckSearch;
}

/** Export and import of this database and its preferences file. */
export function createConfiguration(deps: ConfigurationDeps): ConfigurationService {
  const { db, preferences, searches, text } = deps;

  const planPreferences = (read: ReadConfiguration) => {
    if (!read.preferences) return { changes: [], patch: undefined };
    const present = text.plainPreferences(preferences.current());
    const changes = changesBetween('platforms.upwork', present, text.plainPreferences(read.preferences));
    const names = changes.map(({ path }) => path.slice('platforms.upwork.'.length));
    return { changes, patch: names.length > 0 ? text.patchOf(read, names) : undefined };
  };
  const save = ({ present, search }: PlannedSearch): readonly Warning[] => {
    const { name, query = null, criteria, scan, enabled, notify, snoozedUntil = null } = search;
    const cleared = Object.fromEntries(Object.keys(present?.criteria ?? {}).map((criterion) => [criterion, null]));
    const created = present ? undefined : searches.create({ name, query, criteria, scan, notify });
    if (created && enabled && snoozedUntil === null) return created.warnings;
    const savedSearchId = (present ?? created?.search)?.id ?? '';
    const change = { name, query, criteria: { ...cleared, ...criteria }, scan, enabled, notify, snoozedUntil };
    return searches.update({ savedSearchId, ...change }).warnings;
  };

  return {
    exportYaml: () => text.write(preferences.current(), searches.all()),
    importYaml: ({ yaml, dryRun }) => {
      const read = text.read(yaml);
      const planned = planSearches(read.searches ?? [], searches.all(), { text, check: deps.checkSearch });
      const problems = [...read.problems.map(failureOf), ...planned.problems];
      if (problems.length > 0) throw new DomainError(problems);
      const wanted = planPreferences(read);
      const changes = [...wanted.changes, ...planned.changed.flatMap((search) => search.changes)];
      // Searches first: the file, which no transaction takes back, is written once nothing else can be refused.
      const apply = () => {
        const saved = dryRun ? [] : planned.changed.flatMap(save);
        const updated = wanted.patch && preferences.update(wanted.patch, { dryRun });
        return [...(updated?.warnings ?? []), ...saved];
      };
      const warnings = changes.length === 0 ? [] : dryRun ? apply() : db.transaction(apply);
      return { changes, applied: !dryRun, warnings: warnings.map(({ path: _path, ...warning }) => warning) };
    },
  };
}

function failureOf({ line, key, message, constraint, expected, received }: PreferencesProblem): UserFailure {
  return {
    type: 'ValidationError',
    code: 'VALIDATION',
    message: `Line ${line}: ${key === undefined ? '' : `${key}: `}${message}`,
    path: ['input', 'yaml'],
    constraint,
    ...(expected !== undefined && { expected }),
    ...(received !== undefined && { received }),
  };
}
