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
  /** Another text after every write into the database, of this process or another. Microseconds. */
  dataVersion(): string;
  close(): void;
}

/** The right to do something alone, among all processes on this database. */
export interface Lease {
  /** Grows with every holder: what is written under an older one is refused (fencing). */
  readonly epoch: number;
  /** Whether nobody has taken it over. Asked inside the transaction that writes, it fences: a holder that was asleep commits nothing. */
  isHeld(): boolean;
  /** Prolongs it; false when somebody else holds it by now. */
  renew(): boolean;
  release(): void;
}

export interface Leases {
  /** Takes the lease, or undefined while somebody else holds it. Ends by itself after `ttlMs` unless renewed. */
  take(name: string, ttlMs: number): Lease | undefined;
}
