import type { Job, JobService, JobsQuery, Page } from '../model.ts';
import { allOf, compose, type Sql, sql } from '../sql.ts';
import type { Statements } from '../statements.ts';
import { matchesText, rankOf } from '../text/match-text.ts';
import { parseTextQuery, type TextQuery } from '../text/text-query.ts';
import type { FilterContext } from './filter.ts';
import { matchesFilter } from './filter.ts';
import { isBefore, isBehind, type ListOrder, listOrder, orderBy } from './job-order.ts';
import { type JobRow, jobColumns, toJob } from './job-row.ts';
import { pageWindow } from './page-arguments.ts';
import { decodeCursor, encodeCursor, listTag, type Place } from './page-cursor.ts';

const countedAtMost = 10_000;

/** What reading lists needs. `context` is asked at each reading. */
export interface JobListDeps {
  readonly statements: Statements;
  readonly context: () => FilterContext;
}

interface PageRow extends JobRow {
  readonly page_key: number | null;
  readonly page_rank: number | null;
}

/** A list before it is cut into pages. */
interface List {
  readonly order: ListOrder;
  readonly tag: string;
  readonly members: Sql;
}

/** Pages and counts of stored jobs. */
export function createJobList({ statements, context }: JobListDeps): Pick<JobService, 'list' | 'count'> {
  const listOf = (query: JobsQuery): List => {
    const text = parseTextQuery(query.query);
    const order = listOrder(query.orderBy, text);
    const rank = text && text.groups.length > 0 ? rankOf(text) : sql('NULL');
    const members = compose(
      'SELECT jobs.seq AS seq, {0} AS key, {1} AS rank FROM jobs WHERE {2}',
      order.key,
      order.tag.startsWith('RELEVANCE') ? sql('NULL') : rank,
      conditionOf(query, text, context()),
    );
    return { order, tag: listTag(order.tag, query.query), members };
  };

  const isAny = ({ members }: List, place: Sql) =>
    statements.first(compose('SELECT 1 FROM ({0}) WHERE {1} LIMIT 1', members, place)) !== undefined;

  const list = (query: JobsQuery): Page<Job, { readonly rank?: number }> => {
    const { size, fromEnd, after, before } = pageWindow(query);
    const whole = listOf(query);
    const { order, tag, members } = whole;
    const bounds = [
      ...(after === undefined ? [] : [isBehind(order, decodeCursor(tag, after))]),
      ...(before === undefined ? [] : [isBefore(order, decodeCursor(tag, before))]),
    ];
    const rows = statements.all<PageRow>(
      compose(
        `SELECT ${jobColumns}, page.key AS page_key, page.rank AS page_rank
         FROM (SELECT * FROM ({0}) WHERE {1} ORDER BY ${orderBy(order, fromEnd)} LIMIT {2}) AS page
         CROSS JOIN jobs ON jobs.seq = page.seq ORDER BY ${pageOrder(order)}`,
        members,
        allOf(bounds),
        sql('?', size + 1),
      ),
    );
    const isMore = rows.length > size;
    const shown = isMore ? (fromEnd ? rows.slice(1) : rows.slice(0, size)) : rows;
    const [first, last] = [shown[0], shown.at(-1)].map((row) => row && placeOf(row));
    return {
      edges: shown.map((row) => ({
        node: toJob(row),
        cursor: encodeCursor(tag, placeOf(row)),
        ...rankOfRow(row, order),
      })),
      // Without a cursor on the far side there is nothing beyond it; beyond an empty page is all there is.
      hasNextPage: fromEnd ? before !== undefined && isAny(whole, last ? isBehind(order, last) : sql('1')) : isMore,
      hasPreviousPage: fromEnd
        ? isMore
        : after !== undefined && isAny(whole, first ? isBefore(order, first) : sql('1')),
    };
  };

  return {
    list,
    count: (query) => {
      const condition = conditionOf(query, parseTextQuery(query.query), context());
      const counted = compose(
        `SELECT count(*) AS count FROM (SELECT 1 FROM jobs WHERE {0} LIMIT ${countedAtMost + 1})`,
        condition,
      );
      const { count = 0 } = statements.first<{ count: number }>(counted) ?? {};
      return { count: Math.min(count, countedAtMost), exact: count <= countedAtMost };
    },
  };
}

/** Everything a job must fulfil to be in the list. @throws RefusedError BAD_USER_INPUT */
export function conditionOf(query: JobsQuery, text: TextQuery | undefined, context: FilterContext): Sql {
  return allOf([
    // A job known from a proposal alone is no find (it has not matched anything either).
    sql(query.includeUnmatched ? 'jobs.scanned = 1' : 'jobs.matched_at IS NOT NULL'),
    ...(text ? [matchesText(text)] : []),
    ...(query.filter ? [matchesFilter(query.filter, context)] : []),
  ]);
}

function placeOf(row: PageRow): Place {
  return { key: row.page_key, seq: row.seq };
}

function rankOfRow(row: PageRow, order: ListOrder): { rank?: number } {
  const rank = order.tag.startsWith('RELEVANCE') ? row.page_key : row.page_rank;
  return rank === null ? {} : { rank };
}

function pageOrder(order: ListOrder): string {
  return orderBy(order, false)
    .replaceAll('key', 'page.key')
    .replace(/\bseq\b/, 'page.seq');
}
