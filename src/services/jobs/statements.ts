import type { Database } from '../database/model.ts';
import type { Sql } from './sql.ts';

const kept = 200;

/** Runs SQL that is put together at run time; the statements of the shapes in use stay prepared. */
export interface Statements {
  all<Row>(query: Sql): Row[];
  first<Row>(query: Sql): Row | undefined;
}

/** Statements of this connection; the 200 shapes used last are kept. */
export function createStatements({ sql }: Pick<Database, 'sql'>): Statements {
  const prepared = new Map<string, ReturnType<typeof sql.prepare>>();
  const prepare = (text: string) => {
    const statement = prepared.get(text) ?? sql.prepare(text);
    prepared.delete(text);
    prepared.set(text, statement);
    for (const oldest of prepared.keys()) {
      if (prepared.size <= kept) break;
      prepared.delete(oldest);
    }
    return statement;
  };
  return {
    all: <Row>({ text, values }: Sql) => prepare(text).all(...values) as Row[],
    first: <Row>({ text, values }: Sql) => prepare(text).get(...values) as Row | undefined,
  };
}
