import type { UserFailure } from '../failures/model.ts';
import { type Interpretation, interpret, type PreferencesProblem, type Rules } from './keys/interpret.ts';
import type { Field, PreferenceKey } from './keys/keys.ts';
import type { PreferencesPatch } from './model.ts';
import { type Change, editYaml } from './yaml/edit-yaml.ts';
import { renderAnew } from './yaml/render-yaml.ts';
import { keysOf } from './yaml/yaml-document.ts';

/** What a patch names: fields with their new values, undefined where it clears one. */
export type Wishes = ReadonlyMap<Field, unknown>;

const place = ['platforms', 'upwork'];
/** What a file begins with when the first change is written and there is none. */
const template = `# What Prospector scans for, and how often. README.md lists the keys; changes are picked up while it runs.
# No secret belongs in here.
`;

/** The wishes of a patch. A list or range without anything in it asks for nothing, like null. */
export function wishesOf({ criteria, ...rest }: PreferencesPatch, keys: readonly PreferenceKey[]): Wishes {
  const cleared =
    criteria === null ? keys.filter(({ isCriterion }) => isCriterion).map(({ field }) => [field, null]) : [];
  const named = [...cleared, ...Object.entries(rest), ...Object.entries(criteria ?? {})] as [Field, unknown][];
  return new Map(
    named
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field, isNothing(value) ? undefined : once(value)]),
  );
}

function once(value: unknown): unknown {
  return Array.isArray(value) ? [...new Set(value)] : value;
}

function isNothing(value: unknown): boolean {
  return (
    value === null ||
    (typeof value === 'object' && Object.values(value).every((inner) => inner === undefined || inner === null))
  );
}

/** The text with the wishes written into it, as far as it says something else, and how that reads. A file is begun where there was none. */
export function applyWishes(
  before: Interpretation,
  wishes: Wishes,
  rules: Rules,
): { text: string; after: Interpretation } {
  const names = before.section ? keysOf(before.section) : [];
  const changes = rules.keys.flatMap((key) => {
    if (!wishes.has(key.field)) return [];
    const value = wishes.get(key.field);
    const used = [key.name, ...key.aliases].filter((name) => names.includes(name));
    if (value === undefined) return used.map((name) => changeOf(key, name, undefined));
    return isEqual(value, before.given[key.field])
      ? []
      : [changeOf(key, used[0] ?? key.name, key.write(value as never))];
  });
  const isAsWished = ({ given, problems }: Interpretation) =>
    rules.keys.every((key) => {
      const { field } = key;
      if (problems.some((problem) => problem.field === field)) return true;
      const wish = wishes.get(field);
      const read = wish === undefined ? undefined : key.schema.safeParse(plain(key.write(wish as never)));
      return isEqual(given[field], wishes.has(field) ? read?.data : before.given[field]);
    });
  return write(before, changes, rules, isAsWished);
}

/** The text without any key of the section. */
export function clearSection(before: Interpretation, rules: Rules): { text: string; after: Interpretation } {
  const { section } = before;
  const changes = (section ? keysOf(section) : []).map((key) => ({ key, value: undefined, isSame: isEqual }));
  return write(before, changes, rules, ({ given }) => Object.keys(given).length === 0);
}

function changeOf(key: PreferenceKey, name: string, value: unknown): Change {
  const meaning = (entry: unknown) => {
    const parsed = key.schema.safeParse(entry);
    return parsed.success ? parsed.data : undefined;
  };
  return {
    key: name,
    value,
    isSame: (written, entry) => meaning(written) !== undefined && isEqual(meaning(written), meaning(entry)),
  };
}

/** Edits to the letter where the layout allows it, else by rendering anew; whatever the layout, nothing but what was wished for changes. */
function write(
  before: Interpretation,
  changes: readonly Change[],
  rules: Rules,
  isAsWished: (after: Interpretation) => boolean,
): { text: string; after: Interpretation } {
  const { document, section } = before;
  if (changes.length === 0) return { text: document.text, after: before };
  const begun = document.text.trim() === '' ? template : document.text;
  for (const edit of [() => section && editYaml(begun, section, changes), () => renderAnew(begun, place, changes)]) {
    const edited = edit();
    if (edited === undefined) continue;
    const text = begun.includes('\r\n') ? edited.replace(/\r?\n/g, '\r\n') : edited;
    const after = interpret(text, rules);
    if (!after.problems.some(({ constraint }) => constraint === 'syntax') && isAsWished(after)) return { text, after };
  }
  throw new Error(
    'The preferences file is laid out in a way that cannot be changed. Lay it out like the example in README.md.',
  );
}

/** As it will be read back. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Whether two values say the same. */
export function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const inputNames: Readonly<Record<string, string>> = { intervalMs: 'interval', maximumAgeMs: 'maximumAge' };

/**
 * A problem as the caller of an update sees it: by the input where the patch named the field, by file and line where the trouble was there before.
 */
export function failureOf(
  problem: PreferencesProblem,
  wishes: Wishes,
  keys: readonly PreferenceKey[],
  file: string,
): UserFailure {
  const { field, constraint, expected, received } = problem;
  const more = { ...(expected !== undefined && { expected }), ...(received !== undefined && { received }) };
  const key = keys.find((entry) => entry.field === field);
  if (!key || !wishes.has(key.field))
    return {
      type: 'ValidationError',
      code: 'VALIDATION',
      constraint,
      message: describeProblem(problem, file),
      ...more,
    };
  const name = inputNames[key.field] ?? key.field;
  const steps = problem.steps.map((step) => (step === 'time_zone' ? 'timeZone' : step));
  const path = ['input', ...(key.isCriterion ? ['criteria'] : []), name, ...steps];
  const message = `${name}: ${problem.message}`;
  return { type: 'ValidationError', code: 'VALIDATION', path, constraint, message, ...more };
}

/** One sentence with file, line and key. */
export function describeProblem({ line, key, message }: PreferencesProblem, file: string): string {
  return `${file}:${line}: ${key === undefined ? '' : `${key}: `}${message}`;
}
