import type { z } from 'zod';
import { DomainError } from '../../services/failures/model.ts';

/**
 * Holds an input to rules that GraphQL's types cannot say.
 * @returns the input as the rules leave it, e.g. trimmed
 * @throws DomainError VALIDATION, every broken rule with its path from `input`
 */
export function checkInput<Checked>(rules: z.ZodType<Checked>, input: unknown): Checked {
  const result = rules.safeParse(input);
  if (result.success) return result.data;
  throw new DomainError(
    result.error.issues.map(({ code, message, path }) => ({
      type: 'ValidationError',
      code: 'VALIDATION',
      message,
      path: ['input', ...path.map(String)],
      constraint: code,
    })),
  );
}
