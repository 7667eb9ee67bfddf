import type { JobCriteria } from '../jobs/model.ts';
import type { WantedSearch } from './check-search.ts';
import type { CreateSearchInput, CriteriaPatch, SavedSearch, UpdateSearchInput } from './model.ts';

/** Criteria with a patch applied: null, or nothing in it, takes one away; absent leaves it alone. */
export function patchCriteria(criteria: JobCriteria, patch: CriteriaPatch | null | undefined): JobCriteria {
  if (patch === undefined) return criteria;
  if (patch === null) return {};
  return Object.fromEntries(Object.entries({ ...criteria, ...patch }).filter(([, value]) => !isNothing(value)));
}

function isNothing(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    (typeof value === 'object' && Object.values(value).every((inner) => inner === null || inner === undefined))
  );
}

/** The search that creating asks for. */
export function newSearch({ name, query, criteria, scan, notify, channelIds }: CreateSearchInput): WantedSearch {
  return {
    name: tidy(name),
    criteria: patchCriteria({}, criteria),
    scan,
    notify,
    enabled: true,
    channelIds: [...new Set(channelIds ?? [])],
    ...withQuery(query),
  };
}

/** The search as a change leaves it. */
export function changedSearch(present: SavedSearch, input: UpdateSearchInput): WantedSearch {
  const { snoozedUntil = present.snoozedUntil, channelIds = present.channelIds, query = present.query } = input;
  return {
    name: tidy(input.name ?? present.name),
    criteria: patchCriteria(present.criteria, input.criteria),
    scan: input.scan ?? present.scan,
    enabled: input.enabled ?? present.enabled,
    notify: input.notify ?? present.notify,
    channelIds: [...new Set(channelIds ?? [])],
    ...withQuery(query),
    ...(snoozedUntil && { snoozedUntil }),
  };
}

function withQuery(query: string | null | undefined): { query?: string } {
  const text = tidy(query ?? '');
  return text === '' ? {} : { query: text };
}

/** On one line, well-formed and free of NUL, so that it comes back from SQLite as it went in (T10). */
function tidy(text: string): string {
  return text
    .replace(/\0/g, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/\s+/g, ' ')
    .trim();
}
