import type { JobCriteria } from '../jobs/model.ts';

/**
 * What turns one set of criteria into another, in the words of `JobCriteriaInput`: changed criteria with their new value, null for those that are
 * gone. Sent as `criteria` of `updateScanPreferences` or `updateSavedSearch` it gives exactly `after`.
 */
export function patchBetween(before: JobCriteria, after: JobCriteria): Readonly<Record<string, unknown>> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof JobCriteria)[];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(changed.map((name) => inputOf(name, after[name])));
}

function inputOf(name: keyof JobCriteria, value: unknown): [string, unknown] {
  if (name !== 'maximumAgeMs') return [name, value ?? null];
  return ['maximumAge', value === undefined ? null : isoDuration(value as number)];
}

/** Milliseconds as an ISO 8601 duration. */
export function isoDuration(ms: number): string {
  const [unit, each] = ms % 3_600_000 === 0 ? ['H', 3_600_000] : ms % 60_000 === 0 ? ['M', 60_000] : ['S', 1_000];
  return `PT${ms / (each as number)}${unit}`;
}

/** Criteria without what asks for nothing: undefined, null, an empty list. */
export function withoutUnset(criteria: { readonly [Key in keyof JobCriteria]?: unknown }): JobCriteria {
  const asks = (value: unknown) =>
    value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(criteria).filter(([, value]) => asks(value))) as JobCriteria;
}
