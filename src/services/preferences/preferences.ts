import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Database } from '../database/model.ts';
import type { EventLog } from '../events/model.ts';
import { DomainError } from '../failures/model.ts';
import { applyWishes, clearSection, describeProblem, failureOf, type Wishes, wishesOf } from './apply-patch.ts';
import { type PreferencesValues, valuesOf } from './in-force.ts';
import { type Interpretation, interpret, type Rules } from './keys/interpret.ts';
import { createKeys, type KnownWords } from './keys/keys.ts';
import type { PreferencesService, ScanPreferences } from './model.ts';
import { readPreferencesFile, writePreferencesFile } from './preferences-file.ts';
import { createPreferencesState, fingerprintOf, type StoredState } from './preferences-state.ts';
import { watchFile } from './watch-file.ts';

/** What preferences need. */
export interface PreferencesDeps extends KnownWords, Pick<Rules, 'checkCriteria'> {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly log: Log;
  readonly file: string;
  /** Where a change is announced. Default: nowhere. */
  readonly events?: Pick<EventLog, 'append' | 'announce'>;
}

const platform = 'upwork';
const preferencesId = 'preferences_upwork';

/**
 * Preferences as code: the YAML file is the truth, the database its version. The file is read when preferences are first asked for, then when `watch`
 * sees a change and before every update. One with problems is not put in force: what was before stays, also over a restart; where nothing was
 * before, nothing is scanned.
 */
export function createPreferences(deps: PreferencesDeps): PreferencesService {
  const { db, clock, log, file, nearest, checkCriteria } = deps;
  const state = createPreferencesState(db, clock, platform);
  const rules: Rules = { keys: createKeys(deps), nearest, checkCriteria };
  const listeners = new Set<(preferences: ScanPreferences) => void>();
  let inForce: ScanPreferences | undefined;
  let complained = '';

  const shown = (
    { given }: Interpretation,
    { version, updatedAt }: Pick<StoredState, 'version' | 'updatedAt'>,
    enabled?: false,
  ): ScanPreferences => {
    const values = valuesOf(given, rules.keys);
    return { id: preferencesId, ...values, ...(enabled === false && { enabled }), version, updatedAt };
  };

  const readDisk = (): Interpretation => {
    const content = readPreferencesFile(file);
    const read = interpret('text' in content ? content.text : '', rules);
    if ('text' in content) return read;
    return { ...read, problems: [{ line: 1, steps: [], constraint: 'file', message: content.problem }] };
  };
  const sentences = ({ problems }: Interpretation) => problems.map((problem) => describeProblem(problem, file));

  const store = ({ given, document }: Interpretation): StoredState =>
    db.transaction(() => {
      const before = state.read();
      const stored = state.put(valuesOf(given, rules.keys), document.text);
      if (before && before.version !== stored.version)
        announceChange(deps.events, inForce, valuesOf(given, rules.keys));
      return stored;
    });

  const putInForce = (read: Interpretation): ScanPreferences => {
    const previous = inForce;
    inForce = shown(read, store(read));
    complained = '';
    if (previous && fingerprintOf(previous) !== fingerprintOf(inForce)) {
      log.info({ version: inForce.version, file }, 'The preferences have changed.');
      for (const listener of [...listeners]) listener(inForce);
    }
    return inForce;
  };

  /** What goes on in force while the file has problems. */
  const fallBack = (): ScanPreferences => {
    const stored = state.read();
    if (!stored) return shown(interpret('', rules), { version: 0, updatedAt: clock.now() }, false);
    // It was fine when it was put in force; what is known of categories since then does not end it.
    return shown(
      interpret(stored.source, { ...rules, keys: createKeys({ ...deps, labels: () => undefined }) }),
      stored,
    );
  };

  /** The file as it is on disk, if it can be edited at all. */
  const editable = (): Interpretation => {
    const before = reload();
    const broken = before.problems.filter(({ constraint }) => ['syntax', 'type', 'file'].includes(constraint));
    if (broken.length === 0) return before;
    throw new DomainError(broken.map((problem) => failureOf(problem, new Map(), rules.keys, file)));
  };

  const reload = (): Interpretation => {
    const read = readDisk();
    if (read.problems.length === 0) {
      putInForce(read);
      return read;
    }
    inForce ??= fallBack();
    const problems = sentences(read);
    if (complained !== problems.join('\n'))
      log.warn(
        { file, problems },
        'The preferences file has problems. What was in force before stays so until they are mended.',
      );
    complained = problems.join('\n');
    return read;
  };

  const current = () => {
    if (!inForce) reload();
    return inForce as ScanPreferences;
  };

  const write = (
    before: Interpretation,
    { text, after }: { text: string; after: Interpretation },
    wishes: Wishes,
    dryRun: boolean,
  ) => {
    if (after.problems.length > 0) {
      const lineOf = (key: string | undefined) => before.problems.find((problem) => problem.key === key)?.line;
      throw new DomainError(
        after.problems.map((problem) =>
          failureOf({ ...problem, line: lineOf(problem.key) ?? problem.line }, wishes, rules.keys, file),
        ),
      );
    }
    if (dryRun) return shown(after, current());
    if (text !== before.document.text) writePreferencesFile(file, text);
    return putInForce(after);
  };

  return {
    current,
    update: (patch, { expectedVersion, dryRun }) => {
      const before = editable();
      const { version } = current();
      if (expectedVersion !== undefined && expectedVersion !== version) throw conflict(expectedVersion, version);
      const wishes = wishesOf(patch, rules.keys);
      return write(before, applyWishes(before, wishes, rules), wishes, dryRun);
    },
    reset: () => {
      const before = editable();
      return write(before, clearSection(before, rules), new Map(), false);
    },
    problems: () => sentences(readDisk()),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    watch: () => {
      const stop = watchFile(file, clock, () => void reload());
      // After the watch has begun, so that no change falls between the two.
      reload();
      return stop;
    },
  };
}

/** @param before what was in force; undefined where this process has not read it yet, and cannot say what changed */
function announceChange(
  events: PreferencesDeps['events'],
  before: ScanPreferences | undefined,
  after: PreferencesValues,
): void {
  const changed = Object.entries(after)
    .filter(([name, value]) => before && !isDeepStrictEqual(value, before[name as keyof ScanPreferences]))
    .map(([name]) => (name === 'intervalMs' ? 'interval' : name));
  events?.append({ type: 'NODE_CHANGED', subjectId: preferencesId, change: 'UPDATED', changed });
  events?.announce();
}

function conflict(expected: number, currentVersion: number): DomainError {
  return new DomainError({
    type: 'ConflictError',
    code: 'CONFLICT',
    path: ['input', 'expectedVersion'],
    message: `The preferences are at version ${currentVersion}, not ${expected}: somebody has changed them. Read them again, then repeat the change.`,
    currentVersion,
  });
}
