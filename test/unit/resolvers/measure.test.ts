import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getIntrospectionQuery,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { expect, it } from 'vitest';
import { measure, schema } from '../../../src/resolvers/index.ts';
import { declared, priced, sizeOf } from '../../../src/resolvers/measure/prices.ts';

function measured(source: string, variables: Record<string, unknown> = {}, operationName?: string) {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  return measure({ document, variables, operationName });
}

it('counts leaf fields nothing and all others one', () => {
  expect(measured('{ viewer { scopes actor { kind name } } rateLimit { cost } }')).toEqual({
    complexity: 2,
    depth: 3,
    nodeCount: 0,
  });
});

it('counts what stands in a connection as often as its page has places; edges and nodes are free', () => {
  const inNodes = measured('{ jobs(first: 50) { nodes { id client { totalSpent { amount } } score { value } } } }');
  expect(inNodes).toEqual({ complexity: 1 + 50 * 3, depth: 5, nodeCount: 50 });
  const inEdges = measured(
    '{ jobs(first: 50) { edges { node { id client { totalSpent { amount } } score { value } } } } }',
  );
  expect(inEdges).toEqual({ ...inNodes, depth: 6 });
  expect(measured('{ jobs(last: 10) { nodes { client { city } } } }').complexity).toBe(11);
  expect(measured('{ jobs { nodes { client { city } } } }').complexity).toBe(26);
  expect(measured('{ events { nodes { ... on JobPostedEvent { job { id } } } } }').complexity).toBe(101);
});

it('counts what a page says of itself once', () => {
  expect(measured('{ jobs(first: 100) { totalCount pageInfo { endCursor } facets { buckets { count } } } }')).toEqual({
    complexity: 1 + 20 + 1 + 8 * 60 + 8,
    depth: 4,
    nodeCount: 0,
  });
});

it('multiplies pages within pages', () => {
  expect(measured('{ scans(first: 100) { nodes { jobs(first: 100) { nodes { client { city } } } } } }')).toEqual({
    complexity: 1 + 100 * (20 + 100),
    depth: 6,
    nodeCount: 100 + 100 * 100,
  });
});

it('reads page sizes from variables and their defaults', () => {
  const document = 'query ($first: Int = 30) { jobs(first: $first) { nodes { client { city } } } }';
  expect(measured(document).complexity).toBe(31);
  expect(measured(document, { first: 70 }).complexity).toBe(71);
});

it('counts look-ups as often as there are ids', () => {
  expect(measured('{ nodes(ids: ["a", "b", "c"]) { ... on Job { client { city } } } }')).toEqual({
    complexity: 6,
    depth: 3,
    nodeCount: 3,
  });
});

it('counts the dearest of fragments that exclude each other', () => {
  const document = `{ events(first: 10) { nodes { id
    ... on JobPostedEvent { job { client { city } } }
    ... on ScanProgressEvent { scan { id } }
    ... on Event { type }
  } } }`;
  expect(measured(document).complexity).toBe(1 + 10 * 2);
});

it('looks through fragments and adds no depth for them', () => {
  const plain = measured('{ jobs(first: 5) { nodes { client { city } } } }');
  expect(
    measured(
      'query { ...A } fragment A on Query { jobs(first: 5) { ...B } } fragment B on JobConnection { nodes { ... { client { city } } } }',
    ),
  ).toEqual(plain);
});

it('is not made slow by fragments that fan out', () => {
  const levels = 60;
  const fragments = Array.from(
    { length: levels },
    (_, level) =>
      `fragment F${level} on JobCategory { a: subcategories { ...F${level + 1} } b: subcategories { ...F${level + 1} } }`,
  );
  const source = `{ categories { ...F0 } } ${fragments.join(' ')} fragment F${levels} on JobCategory { label }`;
  const { depth, complexity } = measure({ document: parse(source) });
  expect(depth).toBe(levels + 2);
  expect(complexity).toBeGreaterThan(2 ** levels);
});

it('lets introspection be free and not deep', () => {
  expect(measured(getIntrospectionQuery())).toEqual({ complexity: 0, depth: 0, nodeCount: 0 });
  expect(measured('{ jobs(first: 50) { __typename nodes { __typename id } } }').complexity).toBe(1);
});

it('measures the operation that was named, and nothing where execution will refuse', () => {
  const two = 'query A { viewer { actor { name } } } query B { viewer { scopes } }';
  expect(measured(two, {}, 'A').complexity).toBe(2);
  expect(measured(two, {}, 'B').complexity).toBe(1);
  const nothing = { complexity: 0, depth: 0, nodeCount: 0 };
  expect(measured(two)).toEqual(nothing);
  expect(measured(two, {}, 'C')).toEqual(nothing);
  expect(measured('query ($first: Int) { jobs(first: $first) { totalCount } }', { first: 'x' })).toEqual(nothing);
  expect(measured('query ($p: Platform = UPWORK) { platformStatus(platform: $p) { id } }', { p: null })).toEqual(
    nothing,
  );
});

it('11.3 the same field of several fragments is charged once, and what a directive leaves out nothing', () => {
  const plain = measured('{ jobs(first: 5) { nodes { client { city } } } }');
  const collocated = `query ($no: Boolean = false) { ...A ...B jobs(first: 5) { nodes { client { city } } }
    left: jobs @include(if: $no) { nodes { id } } right: jobs @skip(if: true) { nodes { id } } }
    fragment A on Query { jobs(first: 5) { nodes { client { country } } } }
    fragment B on Query { jobs(first: 5) { nodes { client { city } } } }`;
  expect(measured(collocated)).toEqual(plain);
});

it('11.1 19.S every list of objects declares its size, and nothing is declared that is not there', () => {
  const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__')
      ? Object.values(type.getFields()).map((field) => ({ type, field, coordinate: `${type.name}.${field.name}` }))
      : [],
  );
  const undeclared = fields.filter(
    ({ type, field }) =>
      isListType(getNullableType(field.type)) &&
      isCompositeType(getNamedType(field.type)) &&
      !(type.name.endsWith('Connection') && ['edges', 'nodes'].includes(field.name)) &&
      !field.args.some(({ name }) => name === 'ids' || name === 'first') &&
      sizeOf(type, field) === undefined,
  );
  expect(undeclared.map(({ coordinate }) => coordinate)).toEqual([]);
  const known = new Set(fields.flatMap(({ field, coordinate }) => [coordinate, `*.${field.name}`]));
  expect(declared.filter((coordinate) => !known.has(coordinate))).toEqual([]);
});

it('11.1 19.S every resolver that asks a service, or counts, declares its price', async () => {
  const asking: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const isRoot = ['Query', 'Mutation', 'Subscription'].includes(type.name);
    for (const field of Object.values(type.getFields()))
      if (isRoot || (await asks(field, type))) asking.push(`${type.name}.${field.name}`);
  }
  expect(asking).toContain('JobConnection.totalCount');
  expect(asking).toContain('Proposal.blockers');
  expect(asking.filter((coordinate) => !priced.includes(coordinate))).toEqual([]);
});

/** Runs the resolver with a parent and a context that are everything anybody may want of them, and sees what it calls. */
async function asks(field: GraphQLField<unknown, unknown>, parentType: GraphQLObjectType): Promise<boolean> {
  let asked = false;
  const pretend = (onCall: () => void): unknown => {
    const everything: object = new Proxy(() => {}, {
      get: (_target, key) => {
        if (key === Symbol.toPrimitive) return () => '1';
        if (key === Symbol.iterator) return function* none() {};
        return key === 'then' ? undefined : everything;
      },
      apply: () => {
        onCall();
        return everything;
      },
    });
    return everything;
  };
  const parent = pretend(() => {
    asked = true;
  });
  const context = new Proxy(
    {},
    {
      get: (_target, key) => {
        if (key === 'services') asked = true;
        if (key === 'pace') return () => undefined;
        if (key === 'signal') return new AbortController().signal;
        return pretend(() => {});
      },
    },
  );
  const args = Object.fromEntries(field.args.map(({ name, defaultValue }) => [name, defaultValue]));
  const info = { parentType, fieldName: field.name, path: { key: field.name }, variableValues: {} };
  try {
    await field.resolve?.(parent, args, context, info as unknown as GraphQLResolveInfo);
  } catch {
    // What it does with the answer is no matter here.
  }
  return asked;
}

it('11.1 11.J what held the server up is beyond the limit of one operation', () => {
  const nested = `{ jobs(first: 1) { nodes { matchedSearches { jobs(first: 1) { nodes { matchedSearches {
    jobs(first: 1) { nodes { id } } } } } } } } }`;
  expect(measured(nested).complexity).toBeGreaterThan(1_000);
  const facets = 'facets { buckets { count } }';
  expect(measured(`{ jobs { a: ${facets} b: ${facets} c: ${facets} } }`).complexity).toBeGreaterThan(1_000);
  expect(measured(`{ savedSearches { nodes { jobs { ${facets} } } } }`).complexity).toBeGreaterThan(1_000);
  const previews = '{ a: previewSearch { matches } b: previewSearch { matches } c: previewSearch { matches } }';
  expect(measured(previews).complexity).toBeGreaterThan(1_000);
  expect(measured('{ jobs(first: 100) { nodes { a: description b: description } } }').complexity).toBe(1_001);
});
