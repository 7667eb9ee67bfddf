import { DomainError, RefusedError, type UserFailure } from '../failures/model.ts';

/** A failure of input, as data. `path` leads from the checked object. */
export function invalid(
  path: readonly string[],
  constraint: string,
  message: string,
  more: { expected?: string; received?: string } = {},
): UserFailure {
  return { type: 'ValidationError', code: 'VALIDATION', path, constraint, message, ...more };
}

/** For arguments of a query. */
export function badInput(message: string): RefusedError {
  return new RefusedError('BAD_USER_INPUT', message);
}

/** @throws DomainError with all failures, when there are any */
export function throwIfAny(failures: readonly UserFailure[]): void {
  if (failures.length > 0) throw new DomainError(failures);
}
