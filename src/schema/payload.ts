import type { FieldMap } from '@pothos/core';
import type { UserFailure, Warning } from '../services/failures/model.ts';
import { builder } from './builder.ts';
import { UserErrorRef } from './user-error.ts';
import { WarningRef } from './warning.ts';

/** What every mutation says of how it went. */
export interface Outcome {
  readonly errors: readonly UserFailure[];
  readonly warnings: readonly Warning[];
}

type Fields<Shape> = (
  t: PothosSchemaTypes.ObjectFieldBuilder<typeof builder.$inferSchemaTypes, Partial<Shape> & Outcome>,
) => FieldMap;

/**
 * The type of a mutation's payload: what it changed, each part null when it failed, and `errors`. With `warns` also `warnings`.
 * @param fields the parts
 */
export function payloadType<Shape>(
  name: string,
  description: string,
  fields: Fields<Shape>,
  { warns = false }: { warns?: boolean } = {},
) {
  return builder.objectRef<Partial<Shape> & Outcome>(name).implement({
    description,
    fields: (t) => ({
      ...fields(t),
      ...(warns && {
        warnings: t.field({
          type: [WarningRef],
          description: 'Accepted, but worth knowing.',
          resolve: ({ warnings }) => warnings,
        }),
      }),
      errors: t.field({
        type: [UserErrorRef],
        description: 'Why nothing, or not everything, was done; empty when all went well.',
        resolve: ({ errors }) => errors,
      }),
    }),
  });
}
