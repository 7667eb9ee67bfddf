import type { JobCriteria } from '../jobs/model.ts';
import type { WantedSearch } from './check-search.ts';
import type { SavedSearch } from './model.ts';

/** A row of `saved_searches`. */
export interface SearchRow {
  readonly seq: number;
  readonly id: string;
  readonly name: string;
  readonly query: string | null;
  readonly criteria: string;
  readonly scan: number;
  readonly enabled: number;
  readonly snoozed_until: number | null;
  readonly notify: number;
  readonly channel_ids: string;
  readonly last_scan_at: number | null;
  readonly created_at: number;
  readonly updated_at: number;
  readonly version: number;
}

/** The search of a row. */
export function toSearch(row: SearchRow): SavedSearch {
  return {
    seq: row.seq,
    id: row.id,
    name: row.name,
    criteria: JSON.parse(row.criteria) as JobCriteria,
    scan: row.scan === 1,
    enabled: row.enabled === 1,
    notify: row.notify === 1,
    channelIds: JSON.parse(row.channel_ids) as string[],
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
    version: row.version,
    ...(row.query !== null && { query: row.query }),
    ...(row.snoozed_until !== null && { snoozedUntil: new Date(row.snoozed_until) }),
    ...(row.last_scan_at !== null && { lastScanAt: new Date(row.last_scan_at) }),
  };
}

/** What of a row is written when somebody wants the search so, by the names of its columns. */
export function toColumns(search: WantedSearch) {
  return {
    name: search.name,
    query: search.query ?? null,
    criteria: JSON.stringify(search.criteria),
    scan: Number(search.scan),
    enabled: Number(search.enabled),
    snoozed_until: search.snoozedUntil?.getTime() ?? null,
    notify: Number(search.notify),
    channel_ids: JSON.stringify(search.channelIds),
  };
}
