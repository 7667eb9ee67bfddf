/** Why the database could not be opened: `newer` (of a newer Prospector), `migration`, `damaged`, `unusable` (path, permissions, not a database). */
export type DatabaseErrorCode = 'newer' | 'migration' | 'damaged' | 'unusable';

/** Thrown while opening. The message says what to do. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: DatabaseErrorCode;
  constructor(code: DatabaseErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
