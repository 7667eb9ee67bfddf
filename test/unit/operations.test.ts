import {
  type DocumentNode,
  type GraphQLInputType,
  getOperationAST,
  type NamedTypeNode,
  parse,
  typeFromAST,
  validate,
} from 'graphql';
import { expect, it } from 'vitest';
import { allOperations } from '../../src/client/operations/all-operations.ts';
import { measure, schema } from '../../src/resolvers/index.ts';
import { sample } from './resolvers/sample.ts';

const documents = Object.entries(allOperations).map(([name, text]) => ({
  name,
  document: parse(text),
}));

/** The largest page the command line asks for, where that is not 100. */
const largestPages: Record<string, number> = { proposals: 25 };
it.each(documents)('is sent a document that fits the schema: $name', ({ document }) => {
  expect(validate(schema, document)).toEqual([]);
});

it.each(documents)('is sent a document within the limits, whole pages included: $name', ({ name, document }) => {
  const variables = { ...samplesFor(document), first: largestPages[name] ?? 100 };
  const { complexity, depth } = measure({ document, variables });
  expect(complexity).toBeGreaterThan(0);
  expect(complexity).toBeLessThanOrEqual(1_000);
  expect(depth).toBeLessThanOrEqual(12);
});

function samplesFor(document: DocumentNode): Record<string, unknown> {
  const definitions = getOperationAST(document)?.variableDefinitions ?? [];
  return Object.fromEntries(
    definitions.map(({ variable, type }) => [
      variable.name.value,
      sample(typeFromAST(schema, type as NamedTypeNode) as GraphQLInputType),
    ]),
  );
}
