import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
} from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { schema } from '../../../src/resolvers/index.ts';
import { holdsSecret, isMarked } from '../../../src/server/graphql/discretion.ts';
import { openTestServer, ownerToken, type TestServer } from '../../support/server.ts';
import { openSocket } from '../../support/socket.ts';

const canary = 'canary-4d1f0a9e77';
const word = 'canary4d1f0a9e77';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** A request that is wrong in one way, with a canary where a secret would stand. */
interface Wrong {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
const holders = [
  ...mutations,
  ...Object.values(schema.getQueryType()?.getFields() ?? {}),
  ...Object.values(schema.getSubscriptionType()?.getFields() ?? {}),
].flatMap((field) =>
  field.args
    .filter((argument) => isMarked(argument) || holdsSecret(argument.type))
    .map((argument) => ({ field, argument, name: `${field.name}(${argument.name}:)` })),
);

/** Paths to every marked input below a type. */
function pathsOf(type: GraphQLInputType, path: readonly string[] = []): (readonly string[])[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [path];
  return Object.values(named.getFields()).flatMap((inner: GraphQLInputField) =>
    isMarked(inner) || holdsSecret(inner.type) ? pathsOf(inner.type, [...path, inner.name]) : [],
  );
}

const wrap = (path: readonly string[], value: unknown): unknown =>
  path.reduceRight<unknown>((inside, name) => ({ [name]: inside }), value);
const literal = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([name, inner]) => `${name}: ${literal(inner)}`)
      .join(', ')}}`;
  return JSON.stringify(value);
};

/** Wrong types and shapes at every level on the way to the marked input. */
function shapesOf(path: readonly string[]): unknown[] {
  const levels = path.map((_, depth) => path.slice(0, depth));
  return [...levels, path].flatMap((level) => [
    wrap(level, canary),
    wrap(level, [canary]),
    wrap(level, [[canary]]),
    wrap(level, { [word]: canary }),
    wrap(level, { value: canary }),
    wrap(level, `{} at "input.${word}"; x`),
    wrap(level, { ...(wrap(path.slice(level.length), canary) as object), [word]: 1 }),
  ]);
}

function wrongs(field: GraphQLField<unknown, unknown>, argument: GraphQLArgument): Wrong[] {
  const kind = mutations.includes(field) ? 'mutation' : 'query';
  const call = (value: string) => `${field.name}(${argument.name}: ${value}) { __typename }`;
  return pathsOf(argument.type).flatMap((path) => {
    const shapes = shapesOf(path);
    const right = literal(wrap(path, canary));
    return [
      ...shapes.map((value) => ({
        query: `${kind} ($v: ${argument.type}) { ${call('$v')} }`,
        variables: { v: value },
      })),
      ...shapes.map((value) => ({ query: `${kind} { ${call(literal(value))} }` })),
      { query: `${kind} ($v: ${getNamedType(argument.type)} = ${literal(canary)}) { ${call('$v')} }` },
      { query: `${kind} ($v: Int) { ${call(literal(wrap(path, 0)).replace('0', '$v'))} }`, variables: { v: canary } },
      {
        query: `${kind} ($v: [Int!]) { ${call(literal(wrap(path, 0)).replace('0', '$v'))} }`,
        variables: { v: [canary] },
      },
      { query: `${kind} { ${call('$undefined')} }`, variables: { undefined: wrap(path, canary) } },
      { query: `${kind} { ${field.name}(${argument.name}x: ${right}) { __typename } }` },
      { query: `${kind} { ${field.name}x(${argument.name}: ${right}) { __typename } }` },
      { query: `${kind} { ${call(right.replace(JSON.stringify(canary), word))} }` },
      { query: `${kind} { ${call(`${right} ${JSON.stringify(canary)}`)} }` },
      { query: `${kind} { ${call(`{ ${word} ${right} }`)} }` },
      { query: `${kind} { ${call(`{ clientSecret ${word} }`)} }` },
      { query: `${kind} { ${call(`{ clientSecret: """${canary}""" """${canary}""" }`)} }` },
      { query: `${kind} { ${call(right)} ${JSON.stringify(canary)}` },
    ];
  });
}

const isQuiet = (text: string) => !text.includes(canary) && !text.includes(word);

it('19.P what holds a secret is marked in the schema: the client secret, the code, the state, the callback, pasted YAML', () => {
  const marked = Object.values(schema.getTypeMap()).flatMap((type) =>
    isInputObjectType(type)
      ? Object.values(type.getFields())
          .filter(isMarked)
          .map(({ name }) => `${type.name}.${name}`)
      : [],
  );
  expect(marked.sort()).toEqual([
    'CompleteUpworkConnectionInput.callbackUrl',
    'ImportConfigurationInput.yaml',
    'UpworkAuthorizationInput.code',
    'UpworkAuthorizationInput.state',
    'UpworkCredentialsInput.clientSecret',
  ]);
  const telling = /secret|password|token|credential|yaml|callbackurl/i;
  const named = Object.values(schema.getTypeMap()).flatMap((type) =>
    isInputObjectType(type)
      ? Object.values(type.getFields()).filter((field) => telling.test(field.name) && !isMarked(field))
      : [],
  );
  // Names of ids and of the object that holds the marked ones.
  expect(named.map(({ name }) => name).sort()).toEqual(['apiTokenId', 'credentials']);
  expect(holders.map(({ name }) => name)).toEqual([
    'completeUpworkConnection(input:)',
    'connectUpwork(input:)',
    'importConfiguration(input:)',
  ]);
});

it.each(holders)(
  '19.P no error about $name repeats what was sent, over HTTP, as an event stream, or over a WebSocket',
  async ({ field, argument }) => {
    const socket = await openSocket(server.port);
    await socket.init(ownerToken);
    for (const [number, body] of wrongs(field, argument).entries()) {
      for (const accept of ['application/json', 'application/graphql-response+json', 'text/event-stream']) {
        const response = await server.fetch('/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept },
          body: JSON.stringify(body),
        });
        const text = await response.text();
        expect([body.query, accept, isQuiet(text), text]).toEqual([body.query, accept, true, text]);
        expect(text).toContain('"message"');
      }
      socket.send({ type: 'subscribe', id: String(number), payload: body });
      for (let message = await socket.next(); ; message = await socket.next()) {
        const text = JSON.stringify(message);
        expect([body.query, isQuiet(text), text]).toEqual([body.query, true, text]);
        if (message.type === 'error' || message.type === 'complete') break;
      }
    }
    expect(server.lines.filter((line) => !isQuiet(line))).toEqual([]);
    socket.socket.terminate();
  },
);

it('19.P errors about what holds no secret still say what was sent, and those about secrets say where and what is wanted', async () => {
  const plain = await server.ask('query ($first: Int) { jobs(first: $first) { totalCount } }', {
    variables: { first: 'many' },
  });
  expect(plain.errors[0].message).toBe(
    'Variable "$first" got invalid value "many"; Int cannot represent non-integer value: "many"',
  );
  const missing = await server.ask(
    'mutation ($input: ConnectUpworkInput!) { connectUpwork(input: $input) { __typename } }',
    {
      variables: { input: { credentials: { clientSecret: canary } } },
    },
  );
  expect(missing.errors[0].message).toBe(
    'Variable "$input" is not valid at "input.credentials": Field "clientId" of required type "String!" was not provided. What was sent is not repeated here, since a secret may stand in it.',
  );
  expect(missing.errors[0].extensions.code).toBe('BAD_USER_INPUT');
});
