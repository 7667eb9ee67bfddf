import { type GraphQLField, type GraphQLSchema, isObjectType } from 'graphql';
import type { Context } from '../../schema/context.ts';
import { inTurn } from '../../schema/in-turn.ts';
import { priced } from './prices.ts';

/**
 * Wraps every resolver of the schema that has a price of its own, because it asks a service: before it asks, it waits
 * for the turn of everybody else where operations have held the loop long enough, and does not ask any more when the
 * operation has been ended meanwhile: at its deadline, by a client that went, with its token (issue 11, point 1).
 * Mutations begin at once and are carried out.
 */
export function paceFields(schema: GraphQLSchema): GraphQLSchema {
  const done = [schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || done.includes(type)) continue;
    for (const field of Object.values(type.getFields())) if (isDear(`${type.name}.${field.name}`)) pace(field);
  }
  return schema;
}

const dear = new Set(priced);

function isDear(coordinate: string): boolean {
  return dear.has(coordinate);
}

function pace(field: GraphQLField<unknown, Context>): void {
  const { resolve } = field;
  if (!resolve) return;
  field.resolve = (parent, args, context, info) => {
    if (!context.pace()) return resolve(parent, args, context, info);
    return inTurn(context, () => resolve(parent, args, context, info));
  };
}
