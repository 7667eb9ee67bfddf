import { readFileSync } from 'node:fs';
import {
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  validateSchema,
} from 'graphql';
import { expect, it } from 'vitest';
import { schema, schemaHash, sdl } from '../../../src/resolvers/index.ts';

const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

interface Described {
  readonly place: string;
  readonly description: string | null | undefined;
}

function describedIn(type: GraphQLNamedType): Described[] {
  const own = { place: type.name, description: type.description };
  if (isEnumType(type))
    return [own, ...type.getValues().map(({ name, description }) => ({ place: `${type.name}.${name}`, description }))];
  if (isInputObjectType(type))
    return [
      own,
      ...Object.values(type.getFields()).map(({ name, description }) => ({
        place: `${type.name}.${name}`,
        description,
      })),
    ];
  if (!isObjectType(type) && !isInterfaceType(type)) return [own];
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const place = `${type.name}.${field.name}`;
    const args = field.args.map(({ name, description }) => ({ place: `${place}(${name}:)`, description }));
    return [{ place, description: field.description }, ...args];
  });
  return [own, ...fields];
}

it('is a valid schema', () => {
  expect(validateSchema(schema)).toEqual([]);
});

it('explains every type, field, argument, input field and enum value', () => {
  const silent = types.flatMap(describedIn).filter(({ description }) => !description?.match(/[.`]$/));
  expect(silent.map(({ place }) => place)).toEqual([]);
});

it('is the schema that schema.graphql shows; `npm run schema:print` writes it', () => {
  expect(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8')).toBe(sdl);
  expect(schemaHash).toMatch(/^[0-9a-f]{64}$/);
});

it('gives every page Relay’s shape, with nothing null in it', () => {
  const pages = types.filter(isObjectType).filter(({ name }) => name.endsWith('Connection'));
  expect(pages.map(({ name }) => name)).toContain('JobConnection');
  for (const page of pages) {
    const fields = page.getFields();
    const edge = getNamedType(fields['edges']?.type);
    const node = isObjectType(edge) ? edge.getFields()['node']?.type : undefined;
    expect(`${page.name} ${fields['edges']?.type}`).toBe(`${page.name} [${page.name.replace('Connection', 'Edge')}!]!`);
    expect(`${page.name} ${fields['nodes']?.type}`).toBe(`${page.name} [${node}]!`);
    expect(`${page.name} ${fields['pageInfo']?.type}`).toBe(`${page.name} PageInfo!`);
    expect(isNonNullType(node)).toBe(true);
  }
});

it('has no list that is null or holds nulls, but for nodes(ids:), the path of a failure, and root fields that one refusal must not empty the answer of', () => {
  const loose = types
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({ place: `${type.name}.${field.name}`, type: field.type })),
    )
    .filter(({ type }) => {
      const list = isNonNullType(type) ? type.ofType : type;
      return isListType(list) && !(isNonNullType(type) && isNonNullType(list.ofType));
    })
    .map(({ place }) => place)
    .filter((place) => !place.endsWith('Error.path'));
  expect(loose).toEqual(['Query.apiTokens', 'Query.categories', 'Query.nodes', 'Warning.path']);
});

it('takes one input per mutation, optional where everything in it has a default', () => {
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
  for (const { name, args, type } of fields) {
    if (name === 'createLoginLink') continue;
    expect(args.map((arg) => arg.name)).toEqual(['input']);
    const input = getNamedType(args[0]?.type);
    if (!isInputObjectType(input)) expect.fail(`${name} takes no input type`);
    const needs = Object.values(input.getFields()).filter(
      (field) => isNonNullType(field.type) && field.defaultValue === undefined,
    );
    const optional = needs.length === 0 && !input.isOneOf && name !== 'updateScanPreferences';
    expect(`${name} ${args[0]?.defaultValue !== undefined}`).toBe(`${name} ${optional}`);
    expect(isNonNullType(type) && getNamedType(type).name.endsWith('Payload')).toBe(true);
  }
});

it('lets every type that is a node be told by its id', () => {
  const nodes = types.filter(isObjectType).filter((type) => type.getInterfaces().some(({ name }) => name === 'Node'));
  expect(nodes.map(({ name }) => name).sort()).toEqual([
    'ApiToken',
    'AuditEntry',
    'ConnectionFlow',
    'Contract',
    'Job',
    'Milestone',
    'PlatformStatus',
    'Proposal',
    'SavedSearch',
    'Scan',
    'ScanPreferences',
  ]);
});
