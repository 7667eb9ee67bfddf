import { createHash } from 'node:crypto';
import { type GraphQLSchema, printSchema } from 'graphql';

/** The schema as SDL with its descriptions; Pothos has sorted it, so the text depends on nothing but the schema. */
export function printSdl(schema: GraphQLSchema): string {
  return `${printSchema(schema)}\n`;
}

const hashes = new WeakMap<GraphQLSchema, string>();

/** SHA-256 of the schema's SDL, in hexadecimal; printed once a schema. */
export function schemaHashOf(schema: GraphQLSchema): string {
  const known = hashes.get(schema);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(printSdl(schema)).digest('hex');
  hashes.set(schema, hash);
  return hash;
}
