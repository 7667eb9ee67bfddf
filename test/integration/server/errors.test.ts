import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DomainError, RefusedError } from '../../../src/services/failures/model.ts';
import { openTestServer, ownerToken } from '../../support/server.ts';

const canary = 'canary-/srv/owner/secret.db-prs_canarycanary';

it('Prospector masks what nobody foresaw, says an id, and logs it once under that id with no more than its own text', async () => {
  const thrown: [what: string, fault: () => unknown][] = [
    [
      'an error',
      () => {
        throw new TypeError(canary);
      },
    ],
    ['a rejection', () => Promise.reject(new Error(canary))],
    [
      'a string',
      () => {
        throw canary;
      },
    ],
    [
      'an object',
      () => {
        throw { sql: canary };
      },
    ],
    [
      'an error of GraphQL about our own value',
      () => {
        throw new GraphQLError(canary);
      },
    ],
  ];
  for (const [what, fault] of thrown) {
    await using server = await openTestServer({ services: { scanner: { latest: () => undefined, scan: fault } } });
    const { status, errors, data, headers } = await server.ask('{ scan(id: "x") { id } viewer { scopes } }');
    const requestId = headers.get('x-request-id');
    expect([what, status, errors]).toEqual([
      what,
      200,
      [
        {
          message: `Something went wrong (id ${requestId}). The log says more under this id.`,
          path: ['scan'],
          locations: expect.any(Array),
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
        },
      ],
    ]);
    expect(data).toEqual({ scan: null, viewer: { scopes: ['ADMIN'] } });
    const logged = server.lines.filter((line) => line.includes(String(requestId)) && JSON.parse(line).level >= 50);
    expect([what, logged.length]).toEqual([what, 1]);
    expect(server.lines.join('')).not.toContain(ownerToken);
  }
});

it('Prospector passes refusals and expected failures on, each with its code and the id of the request', async () => {
  const faults: [Error, object][] = [
    [
      new RefusedError('SERVICE_UNAVAILABLE', 'Later.', { retryAfterMs: 5 }),
      { code: 'SERVICE_UNAVAILABLE', retryAfterMs: 5 },
    ],
    [new RefusedError('BAD_USER_INPUT', 'No.'), { code: 'BAD_USER_INPUT' }],
    [
      new DomainError({ type: 'NotFoundError', code: 'NOT_FOUND', message: 'No.' }),
      { code: 'BAD_USER_INPUT', reason: 'NOT_FOUND' },
    ],
  ];
  for (const [fault, extensions] of faults) {
    await using server = await openTestServer({
      services: {
        scanner: {
          latest: () => undefined,
          scan: () => {
            throw fault;
          },
        },
      },
    });
    const { errors, headers } = await server.ask('{ scan(id: "x") { id } }');
    expect(errors).toEqual([
      {
        message: fault.message,
        path: ['scan'],
        locations: expect.any(Array),
        extensions: { ...extensions, requestId: headers.get('x-request-id') },
      },
    ]);
    expect(server.lines.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  }
});

it('Prospector gives every error of the request itself a code of the contract and the id', async () => {
  await using server = await openTestServer();
  const accept = { accept: 'application/graphql-response+json' };
  const cases: [query: string, variables: object, status: number, code: string][] = [
    ['{', {}, 400, 'GRAPHQL_PARSE_FAILED'],
    ['{ nothing }', {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['query ($id: ID!) { scan(id: $id) { id } }', {}, 400, 'BAD_USER_INPUT'],
    ['query ($id: ID!) { scan(id: $id) { id } }', { id: {} }, 400, 'BAD_USER_INPUT'],
    ['query A { __typename } query B { __typename }', {}, 400, 'BAD_USER_INPUT'],
    ['', {}, 400, 'GRAPHQL_PARSE_FAILED'],
  ];
  for (const [query, variables, status, code] of cases) {
    for (let time = 0; time < 2; time += 1) {
      const answer = await server.ask(query, { variables, headers: accept });
      const requestId = answer.headers.get('x-request-id');
      expect([query, answer.status, answer.errors[0].extensions]).toEqual([query, status, { code, requestId }]);
    }
  }
});

it('Prospector masks a bug of its own before an operation runs', async () => {
  for (const fault of [new TypeError(canary), canary]) {
    const measure = () => {
      throw fault;
    };
    await using server = await openTestServer({ api: { measure } });
    const { status, errors, headers } = await server.ask('{ viewer { scopes } }');
    const requestId = headers.get('x-request-id');
    const message = `Something went wrong (id ${requestId}). The log says more under this id.`;
    expect([status, errors]).toEqual([500, [{ message, extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } }]]);
    expect(server.lines.filter((line) => JSON.parse(line).level >= 50)).toHaveLength(1);
  }
});

it('Prospector answers a failure outside GraphQL with the id alone: JSON for programs, a page for browsers', async () => {
  await using server = await openTestServer({
    services: { connection: { complete: () => Promise.reject(new Error(canary)), status: () => ({}) } },
  });
  const program = await server.fetchBare('/oauth/upwork/callback?code=x');
  const requestId = program.headers.get('x-request-id');
  expect([program.status, await program.json()]).toEqual([
    500,
    {
      errors: [
        {
          message: `Something went wrong (id ${requestId}). The log says more under this id.`,
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
        },
      ],
    },
  ]);
  const browser = await server.fetchBare('/oauth/upwork/callback?code=x', { headers: { accept: 'text/html' } });
  expect([browser.status, browser.headers.get('content-type')]).toEqual([500, 'text/html; charset=utf-8']);
  expect(await browser.text()).not.toContain('canary');
});

describe('switches', () => {
  it('Prospector without introspection tells no names of its schema: no query, no text, no suggestion', async () => {
    await using server = await openTestServer({ env: { PROSPECTOR_INTROSPECTION: 'off' } });
    for (const query of ['{ __schema { queryType { name } } }', '{ __type(name: "Job") { name } }']) {
      const { errors, data } = await server.ask(query);
      expect([data, errors[0].extensions.code]).toEqual([undefined, 'GRAPHQL_VALIDATION_FAILED']);
    }
    for (const query of [
      '{ viewr { scopes } }',
      '{ jobs(frst: 1) { totalCount } }',
      '{ events(types: [JOB_POSTD]) { nodes { id } } }',
    ]) {
      const { errors } = await server.ask(query);
      expect(errors[0].message).not.toMatch(/Did you mean|viewer|first|JOB_POSTED/);
    }
    const variable = await server.ask('query ($t: [EventType!]) { events(types: $t) { nodes { id } } }', {
      variables: { t: ['JOB_POSTD'] },
    });
    expect(variable.errors[0].message).not.toMatch(/Did you mean|JOB_POSTED/);
    expect((await server.fetch('/schema.graphql')).status).toBe(404);
    expect((await server.ask('{ __typename viewer { __typename } }')).errors).toBeUndefined();
  });

  it('Prospector with introspection shows its schema to whoever has a token', async () => {
    await using server = await openTestServer();
    expect((await server.ask('{ viewr { scopes } }')).errors[0].message).toMatch(/Did you mean "viewer"/);
    const text = await server.fetch('/schema.graphql');
    expect([text.status, text.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(await text.text()).toContain('type Query {');
  });

  it('Prospector without GraphiQL has no page of it and goes on answering programs', async () => {
    await using server = await openTestServer({ env: { PROSPECTOR_GRAPHIQL: 'off' } });
    const cookie = await server.logIn();
    const page = await server.fetchBare('/graphql', { headers: { cookie, accept: 'text/html' } });
    expect(page.headers.get('content-type')).toContain('json');
    expect((await server.fetchBare('/assets/graphiql/app.js', { headers: { cookie } })).status).toBe(404);
    const start = await server.fetchBare('/', { headers: { cookie } });
    expect([start.status, start.headers.get('location')]).toEqual([200, null]);
    expect((await server.ask('{ __typename }')).status).toBe(200);
  });
});
