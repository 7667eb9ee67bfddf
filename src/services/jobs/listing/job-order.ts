import type { JobOrder } from '../model.ts';
import { badInput } from '../refuse.ts';
import { type Sql, sql } from '../sql.ts';
import { rankOf } from '../text/match-text.ts';
import type { TextQuery } from '../text/text-query.ts';
import type { Place } from './page-cursor.ts';

/**
 * What a list is ordered by: `key`, then `seq`, both in one direction; jobs without a key come last in either
 * direction.
 */
export interface ListOrder {
  readonly tag: string;
  readonly key: Sql;
  readonly isNullable: boolean;
  readonly descends: boolean;
}

/** Hourly jobs stand by their upper rate among the budgets. */
const keys: Readonly<Record<Exclude<JobOrder['field'], 'RELEVANCE'>, string>> = {
  POSTED_AT: 'jobs.posted_at',
  FIRST_SEEN_AT: 'jobs.first_seen_at',
  SCORE: 'jobs.score',
  BUDGET: 'coalesce(jobs.fixed_budget, jobs.hourly_max, jobs.hourly_min)',
  CLIENT_SPEND: 'jobs.client_spent',
  PROPOSALS: 'jobs.proposals',
};

/** Newest posted first unless told. @throws RefusedError BAD_USER_INPUT for RELEVANCE without a word to look for */
export function listOrder(order: JobOrder | null | undefined, query: TextQuery | undefined): ListOrder {
  const { field, direction } = order ?? { field: 'POSTED_AT', direction: 'DESC' };
  const shared = { tag: `${field} ${direction}`, descends: direction === 'DESC' };
  if (field !== 'RELEVANCE') {
    return { ...shared, key: sql(keys[field]), isNullable: field !== 'POSTED_AT' && field !== 'FIRST_SEEN_AT' };
  }
  if (!query || query.groups.length === 0) {
    throw badInput(
      'RELEVANCE orders by how well a job fits `query`. Give a query with a word to look for, or another order.',
    );
  }
  return { ...shared, key: rankOf(query), isNullable: false };
}

/** ORDER BY of a list with columns `key` and `seq`, from its start or from its end. */
export function orderBy({ isNullable, descends }: ListOrder, fromEnd: boolean): string {
  const direction = descends === fromEnd ? 'ASC' : 'DESC';
  const nulls = isNullable ? `key IS NULL ${fromEnd ? 'DESC' : 'ASC'}, ` : '';
  return `${nulls}key ${direction}, seq ${direction}`;
}

/** What stands behind the place. Rows are compared as values where no key is null, so that an index can seek. */
export function isBehind({ isNullable, descends }: ListOrder, { key, seq }: Place): Sql {
  const sign = descends ? '<' : '>';
  if (!isNullable) return sql(`(key, seq) ${sign} (?, ?)`, key, seq);
  if (key === null) return sql(`(key IS NULL AND seq ${sign} ?)`, seq);
  return sql(`(key IS NULL OR key ${sign} ? OR (key = ? AND seq ${sign} ?))`, key, key, seq);
}

/** What stands before the place. */
export function isBefore({ isNullable, descends }: ListOrder, { key, seq }: Place): Sql {
  const sign = descends ? '>' : '<';
  if (!isNullable) return sql(`(key, seq) ${sign} (?, ?)`, key, seq);
  if (key === null) return sql(`(key IS NOT NULL OR seq ${sign} ?)`, seq);
  return sql(`(key ${sign} ? OR (key = ? AND seq ${sign} ?))`, key, key, seq);
}
