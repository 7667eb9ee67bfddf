import type { UserFailure } from '../../failures/model.ts';

export type ValidationFailure = Extract<UserFailure, { type: 'ValidationError' }>;

/** A problem of the input at `path` (below `input`). */
export function invalid(
  path: readonly string[],
  constraint: string,
  expected: string,
  received: string | undefined,
  sentence: string,
): ValidationFailure {
  return {
    type: 'ValidationError',
    code: 'VALIDATION',
    message: `${sentence} Expected ${expected}.`,
    path: ['input', ...path],
    constraint,
    expected,
    ...(received !== undefined && { received: received.slice(0, 100) }),
  };
}
