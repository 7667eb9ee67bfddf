import type { Database as Sqlite } from 'better-sqlite3';

/** An open database file. */
export interface Database {
  /** The connection: synchronous, WAL, `synchronous=FULL`, foreign keys on. Prepare statements once, where a service is created. */
  readonly sql: Sqlite;
  /** Identity of this database: cursors of another one are refused by it. */
  readonly storeId: string;
  /**
   * Runs `work` in one IMMEDIATE transaction; nested calls join the outer one. Synchronous only: an async callback would commit before it threw
   * (DEPENDENCIES §0.4), so the type refuses a promise.
   */
  transaction<Result>(work: () => Result extends Promise<unknown> ? never : Result): Result;
  close(): void;
}
