import type { Database } from '../database/model.ts';
import type { Page, PageArguments } from '../jobs/model.ts';
import { readCursor, readPageArguments, writeCursor } from './page-arguments.ts';

/** What every row of a list carries: its number, and what the list is ordered by. */
export interface Keyed {
  readonly seq: number;
  readonly page_key: number;
}

/** An ordered list. */
export interface ListQuery {
  /** A query with the columns `seq` and `page_key`. */
  readonly from: string;
  readonly values: Readonly<Record<string, string | number>>;
  /** Names the order, so that a cursor of another one is refused. */
  readonly order: string;
  readonly isAscending: boolean;
  readonly page: PageArguments;
}

/** One page by keyset, stable while rows are added (CONVENTIONS §4). @throws RefusedError BAD_USER_INPUT */
export function readPage<Row extends Keyed>(db: Database, query: ListQuery): Page<Row> {
  const { size, isBackward, after, before } = readPageArguments(query.page);
  const values: Record<string, string | number> = { ...query.values, limit: size + 1 };
  const bounds: string[] = [];
  const bound = (name: string, cursor: string, comparison: string) => {
    const { key, seq } = readCursor(query.order, cursor);
    bounds.push(`(page_key, seq) ${comparison} (@${name}Key, @${name}Seq)`);
    Object.assign(values, { [`${name}Key`]: key, [`${name}Seq`]: seq });
  };
  if (after !== undefined) bound('after', after, query.isAscending ? '>' : '<');
  if (before !== undefined) bound('before', before, query.isAscending ? '<' : '>');
  const direction = query.isAscending === isBackward ? 'DESC' : 'ASC';
  const rows = db.sql
    .prepare(
      `SELECT * FROM (${query.from}) ${bounds.length > 0 ? `WHERE ${bounds.join(' AND ')}` : ''}
       ORDER BY page_key ${direction}, seq ${direction} LIMIT @limit`,
    )
    .all(values) as Row[];
  const hasMore = rows.length > size;
  const shown = rows.slice(0, size);
  if (isBackward) shown.reverse();
  return {
    edges: shown.map((node) => ({ node, cursor: writeCursor(query.order, node.page_key, node.seq) })),
    hasNextPage: isBackward ? before !== undefined : hasMore,
    hasPreviousPage: isBackward ? hasMore : after !== undefined,
  };
}

/** The same page of other nodes; rows that become nothing are left out. */
export function mapNodes<Row, Node>(page: Page<Row>, convert: (row: Row) => Node | undefined): Page<Node> {
  const edges = page.edges.flatMap(({ node, cursor }) => {
    const converted = convert(node);
    return converted === undefined ? [] : [{ node: converted, cursor }];
  });
  return { ...page, edges };
}
