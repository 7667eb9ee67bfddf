import { isMap, type YAMLMap } from 'yaml';
import type { z } from 'zod';
import type { UserFailure } from '../../failures/model.ts';
import { defaultScoreWeights, type JobCriteria } from '../../jobs/model.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { child, keysOf, plainOf, type YamlDocument } from '../yaml/yaml-document.ts';
import type { Given, Key, PreferenceKey } from './keys.ts';
import { type Nearest, orOf } from './value-schemas.ts';

/** What is wrong with the preferences, and where. */
export interface PreferencesProblem {
  readonly line: number;
  /** As in the file, `hourly_rate.min`; absent where the file as a whole is meant. */
  readonly key?: string;
  /** Where the value of a known field is wrong, with the steps from it on. */
  readonly field?: string;
  readonly steps: readonly string[];
  readonly constraint: string;
  /** What is wrong and what to do, without the place. */
  readonly message: string;
  readonly expected?: string;
  readonly received?: string;
}

/** A text as preferences: what it says where it can be understood, and every problem. */
export interface Interpretation {
  readonly document: YamlDocument;
  /** The map under `platforms.upwork`. */
  readonly section?: YAMLMap;
  readonly given: Given;
  readonly problems: readonly PreferencesProblem[];
}

/** What a text is held against. */
export interface Rules {
  readonly keys: readonly PreferenceKey[];
  readonly nearest: Nearest;
  /** What is wrong with criteria whose values are each fine: empty ranges, contradictions. Paths lead from the criteria on. */
  readonly checkCriteria: (criteria: JobCriteria) => readonly UserFailure[];
}

const place = ['platforms', 'upwork'] as const;
/** One name in the wrong place makes many unknown ones. */
const mostUnknown = 20;

/** Reads preferences from YAML. Every problem is found at once; never throws. `otherRoots`: keys beside `platforms` that somebody else reads. */
export function interpret(text: string, rules: Rules, otherRoots: readonly string[] = []): Interpretation {
  const document = readYaml(text);
  const problems: PreferencesProblem[] = document.problems.map(({ line, message }) => ({
    line,
    steps: [],
    constraint: 'syntax',
    message,
  }));
  const section = findSection(document, otherRoots, rules, problems);
  if (!section) return { document, given: {}, problems };
  const read = readSection({ document, section, place }, rules);
  return { document, section, given: read.given, problems: byLine([...problems, ...read.problems]) };
}

/** What a map is held against: as `Rules`, with keys of any kind. */
export interface SectionRules extends Omit<Rules, 'keys'> {
  readonly keys: readonly Key[];
}

/** A map in a document, and the way to it. */
export interface Section {
  readonly document: YamlDocument;
  readonly section: YAMLMap;
  readonly place: readonly PropertyKey[];
}

/** The values of a map, and everything that is wrong with it: keys nobody knows, values, what criteria say of each other. */
export function readSection<Values = Given>(
  where: Section,
  rules: SectionRules,
): { readonly given: Values; readonly problems: readonly PreferencesProblem[] } {
  const { document, section, place } = where;
  const { keys, nearest } = rules;
  const names = keysOf(section);
  const known = keys.map(({ name }) => name);
  const accepted = new Set([...known, ...keys.flatMap(({ aliases }) => aliases)]);
  const problems = names
    .filter((name) => !accepted.has(name))
    .slice(0, mostUnknown)
    .map((name) => unknownKey(name, known, document.lineAt([...place, name]), nearest));
  const given: Record<string, unknown> = {};
  for (const key of keys) {
    const used = [key.name, ...key.aliases].filter((name) => names.includes(name));
    for (const name of used.slice(1))
      problems.push(at(where, [name], 'duplicate', `this says the same as ${used[0]}: keep one of them.`));
    const value = used[0] === undefined ? null : plainOf(child(section, used[0]));
    // A key without a value is one left blank, an empty list asks for nothing.
    if (used[0] === undefined || value === null || (Array.isArray(value) && value.length === 0)) continue;
    const parsed = key.schema.safeParse(value);
    if (parsed.success) given[key.field] = parsed.data;
    else
      problems.push(
        ...parsed.error.issues.flatMap((issue) => issueProblems(issue, value, key, used[0] ?? '', where, rules)),
      );
  }
  problems.push(...criteriaProblems(given, where, rules));
  return { given: given as Values, problems: byLine(problems) };
}

function byLine(problems: readonly PreferencesProblem[]): PreferencesProblem[] {
  return problems.toSorted((a, b) => a.line - b.line);
}

/** The map under `platforms.upwork`; anything else beside it is a problem. */
function findSection(
  document: YamlDocument,
  otherRoots: readonly string[],
  { nearest }: Rules,
  problems: PreferencesProblem[],
): YAMLMap | undefined {
  let node: unknown = document.root;
  const steps: string[] = [];
  for (const step of [...place, undefined]) {
    if (node === null || node === undefined || plainOf(node) === null) return undefined;
    if (!isMap(node)) {
      problems.push({
        line: document.lineAt(steps),
        ...(steps.length > 0 && { key: steps.join('.') }),
        steps: [],
        constraint: 'type',
        message: `expected keys with values below it${steps.length > 0 ? '' : ', beginning with platforms:'}.`,
      });
      return undefined;
    }
    if (step === undefined) return node;
    const known = steps.length === 0 ? [step, ...otherRoots] : [step];
    for (const name of keysOf(node)
      .filter((key) => !known.includes(key))
      .slice(0, mostUnknown))
      problems.push(unknownKey(name, known, document.lineAt([...steps, name]), nearest));
    steps.push(step);
    node = child(node, step);
  }
  return undefined;
}

function unknownKey(
  name: string,
  known: readonly string[],
  line: number,
  nearest: Nearest,
  within = '',
): PreferencesProblem {
  const shown = name.slice(0, 60);
  const near = nearest(shown, known);
  const remedy = near.length > 0 ? `Did you mean ${orOf(near)}?` : `Known here: ${known.join(', ')}.`;
  return {
    line,
    key: `${within}${shown}`,
    steps: [],
    constraint: 'unknown_key',
    message: `there is no such key. ${remedy}`,
  };
}

/** The keys of values that hold some, where they are not those of a range. */
const keysWithin: Readonly<Record<string, readonly string[]>> = {
  quietHours: ['start', 'end', 'time_zone'],
  scoreWeights: Object.keys(defaultScoreWeights),
};

function issueProblems(
  issue: z.core.$ZodIssue,
  value: unknown,
  { field }: Key,
  name: string,
  { document, place }: Section,
  { nearest }: SectionRules,
): PreferencesProblem[] {
  const steps = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const known = keysWithin[field] ?? ['min', 'max', 'currency'];
    return issue.keys.map((key) => unknownKey(key, known, document.lineAt([...place, name, key]), nearest, `${name}.`));
  }
  const wrong = issue.path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[step] : inner,
    value,
  );
  const received = describe(wrong);
  const suggestions = issue.code === 'custom' ? ((issue.params?.['suggestions'] ?? []) as readonly string[]) : [];
  const hint = suggestions.length > 0 ? ` Did you mean ${orOf(suggestions.map((word) => `"${word}"`))}?` : '';
  const inner = steps.filter((step) => !/^\d+$/.test(step));
  return [
    {
      line: document.lineAt([...place, name, ...issue.path]),
      key: [name, ...inner].join('.'),
      field,
      steps,
      constraint: 'value',
      message: `${issue.message}, got ${received}.${hint}`,
      expected: issue.message.replace(/^expected /, ''),
      received,
    },
  ];
}

/** A value as it may stand in a message. */
function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length > 100 ? `${value.length} entries` : 'a list';
  if (typeof value === 'object') return 'a group of keys';
  return typeof value === 'string'
    ? JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
    : String(value);
}

/** What the criteria say of each other, told by the file's names. */
function criteriaProblems(
  given: Readonly<Record<string, unknown>>,
  { document, section, place }: Section,
  { keys, checkCriteria }: SectionRules,
): PreferencesProblem[] {
  const wishes = keys.filter(({ isCriterion, field }) => isCriterion && given[field] !== undefined);
  const criteria = Object.fromEntries(wishes.map(({ field }) => [field, given[field]]));
  const nameOf = (key: Key | undefined) =>
    [key?.name, ...(key?.aliases ?? [])].find((name) => name && keysOf(section).includes(name)) ?? key?.name;
  const keyFor = (field: string) => keys.find((key) => key.field === field || key.field === `${field}Ms`);
  return checkCriteria(criteria).map((failure) => {
    const [field = '', ...steps] = failure.path ?? [];
    const key = keyFor(field);
    const name = nameOf(key) ?? field;
    const told = failure.message.replace(/`([a-z]\w*)((?:\.\w+)?)`/gi, (whole, word: string, rest: string) => {
      const known = nameOf(keyFor(word));
      return known ? `\`${known}${rest}\`` : whole;
    });
    return {
      line: document.lineAt([...place, name, ...steps]),
      key: name,
      ...(key && { field: key.field }),
      steps,
      constraint: failure.type === 'ValidationError' ? failure.constraint : 'value',
      message: told,
      ...(failure.type === 'ValidationError' && failure.expected !== undefined && { expected: failure.expected }),
      ...(failure.type === 'ValidationError' && failure.received !== undefined && { received: failure.received }),
    };
  });
}

function at(
  { document, place }: Section,
  path: readonly string[],
  constraint: string,
  message: string,
): PreferencesProblem {
  return { line: document.lineAt([...place, ...path]), key: path.join('.'), steps: [], constraint, message };
}
