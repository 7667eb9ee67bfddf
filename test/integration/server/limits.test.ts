import { request } from 'node:http';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestClock } from '../../support/clock.ts';
import { sendRaw } from '../../support/raw-http.ts';
import { openTestServer, ownerToken, type TestServerOptions } from '../../support/server.ts';

/** A server that notes what its fields were asked: nothing, where a request was refused in time. */
async function openWatchedServer(options: TestServerOptions = {}) {
  const ran: string[] = [];
  const note = (id: string) => void ran.push(id);
  const server = await openTestServer({
    ...options,
    services: {
      scanner: { latest: () => undefined, scan: note },
      connection: { flow: note, status: () => ({}), cancelFlow: async (id: string) => note(id) },
      ...options.services,
    },
  });
  return { ...server, ran };
}

const times = (count: number, of: (at: number) => string) => Array.from({ length: count }, (_, at) => of(at)).join(' ');
const amounts = 'client { totalSpent { amount } } fixedBudget { amount } hourlyRate { min { amount } max { amount } }';
const page = `jobs(first: 100) { nodes { ${amounts} } }`;

const tooMuch: [what: string, query: string, says: RegExp][] = [
  [
    'more than 15 aliases',
    `{ ${times(16, (at) => `a${at}: __typename`)} scan(id: "x") { id } }`,
    /16 aliases.*at most 15/,
  ],
  [
    'more than 15 aliases spread over fragments',
    `{ ...F a: scan(id: "x") { id } } fragment F on Query { ${times(8, (at) => `b${at}: __typename`)} ...G } fragment G on Query { ${times(7, (at) => `c${at}: __typename`)} }`,
    /16 aliases/,
  ],
  [
    'a bomb of fragments',
    `{ ...F0 scan(id: "x") { id } } ${times(30, (at) => `fragment F${at} on Query { a${at}: __typename ...F${at + 1} ...F${at + 1} }`)} fragment F30 on Query { __typename }`,
    /aliases/,
  ],
  [
    'more than 10 directives',
    `{ scan(id: "x") { ${times(11, () => 'id @include(if: true)')} } }`,
    /11 directives.*at most 10/,
  ],
  ['more than 2,000 tokens', `{ scan(id: "x") { ${'id '.repeat(2_000)} } }`, /more than 2000 tokens/],
  [
    '20,000 nested braces',
    `{ scan(id: "x") ${'{ a '.repeat(20_000)}${'}'.repeat(20_000)} }`,
    /more than 200 brackets deep/,
  ],
  [
    'a list literal 20,000 levels deep',
    `{ scan(id: ${'['.repeat(20_000)}${']'.repeat(20_000)}) { id } }`,
    /more than 200 brackets deep/,
  ],
  ['more than 1,000 points', `{ scan(id: "x") { id } ${page} again: ${page} }`, /costs 1203 points; at most 1000/],
];

let shared: Awaited<ReturnType<typeof openWatchedServer>>;
beforeAll(async () => {
  shared = await openWatchedServer();
});
afterAll(() => shared[Symbol.asyncDispose]());

describe('an operation', () => {
  it.each(tooMuch)('Prospector refuses %s with 400 and runs nothing', async (_what, query, says) => {
    const server = shared;
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const { status, errors, data } = await server.ask(query, { headers: { accept } });
      expect(errors).toMatchObject([
        {
          message: expect.stringMatching(says),
          extensions: {
            code: 'QUERY_TOO_COMPLEX',
            requestId: expect.any(String),
            limit: expect.any(String),
            allowed: expect.any(Number),
          },
        },
      ]);
      expect([status, data]).toEqual([400, undefined]);
    }
    expect(server.ran).toEqual([]);
  });

  it('Prospector refuses what is deeper than allowed, and exempts introspection from depth and cost', async () => {
    await using server = await openWatchedServer({ limits: { depth: 3, complexity: 1 } });
    const deep = await server.ask(
      '{ connectionFlow(id: "x") { id error { code } } platformStatus { activeFlow { error { code } } } }',
    );
    expect(deep).toMatchObject({
      status: 400,
      errors: [
        { message: expect.stringMatching(/4 levels deep; at most 3/), extensions: { code: 'QUERY_TOO_COMPLEX' } },
      ],
    });
    expect(server.ran).toEqual([]);
    const { status, errors, data } = await server.ask(
      getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, oneOf: true }),
    );
    expect([status, errors, data.__schema.queryType.name]).toEqual([200, undefined, 'Query']);
  });

  it('Prospector lets pass what is exactly as large as allowed', async () => {
    await using server = await openWatchedServer();
    const aliases = await server.ask(`{ ${times(15, (at) => `a${at}: __typename`)} }`);
    const directives = await server.ask(`{ ${times(10, () => '__typename @include(if: true)')} }`);
    expect([aliases.errors, directives.errors]).toEqual([undefined, undefined]);
  });

  it('Prospector tells at most five errors of an invalid document', async () => {
    await using server = await openWatchedServer();
    const { status, errors } = await server.ask(`{ ${times(50, (at) => `nothing${at}`)} scan(id: "x") { id } }`, {
      headers: { accept: 'application/graphql-response+json' },
    });
    expect(status).toBe(400);
    expect(errors).toHaveLength(5);
    expect(errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code)).toEqual(
      Array(5).fill('GRAPHQL_VALIDATION_FAILED'),
    );
    expect(server.ran).toEqual([]);
  });

  it('Prospector refuses variables nested too deep before anything walks them', async () => {
    await using server = await openWatchedServer();
    const answer = await server.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":"query ($id: ID!) { scan(id: $id) { id } }","variables":{"id":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(server.ran).toEqual([]);
  });

  it('Prospector knows no incremental delivery', async () => {
    await using server = await openWatchedServer();
    const { errors } = await server.ask('{ scan(id: "x") { id ... @defer { status } } }');
    expect(errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('Prospector ends an operation that takes too long, and tells its resolvers', async () => {
    const clock = createTestClock();
    let started = () => {};
    const waiting = new Promise<void>((resolve) => {
      started = resolve;
    });
    await using server = await openWatchedServer({
      clock,
      services: {
        system: {
          checks: () => {
            started();
            return new Promise(() => {});
          },
          version: '',
          startedAt: new Date(),
          retentionMs: 1,
        },
      },
    });
    const asked = server.ask('{ system { checks { name } } }');
    await waiting;
    await clock.advance(10_000);
    const { status, errors, data } = await asked;
    expect([status, data]).toEqual([503, undefined]);
    expect(errors).toEqual([
      {
        message: expect.stringMatching(/stopped after 10 s/),
        extensions: { code: 'SERVICE_UNAVAILABLE', requestId: expect.any(String) },
      },
    ]);
  });
});

describe('a request', () => {
  const send = (path: string, headers: Record<string, string>, body: string) => ({
    path,
    init: { method: 'POST', headers, body },
  });
  const json = { 'content-type': 'application/json' };
  const cancel = JSON.stringify({ query: 'mutation { cancelConnectionFlow(input: { flowId: "x" }) { flow { id } } }' });
  const refused: [what: string, status: number, request: { path: string; init: RequestInit }][] = [
    [
      'a form',
      415,
      send('/graphql', { 'content-type': 'application/x-www-form-urlencoded' }, `query=${encodeURIComponent(cancel)}`),
    ],
    [
      'an upload',
      415,
      send(
        '/graphql',
        { 'content-type': 'multipart/form-data; boundary=x' },
        `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${cancel}\r\n--x--`,
      ),
    ],
    ['plain text', 415, send('/graphql', { 'content-type': 'text/plain' }, cancel)],
    [
      'application/graphql',
      415,
      send('/graphql', { 'content-type': 'application/graphql' }, 'mutation { __typename }'),
    ],
    ['two content types', 415, send('/graphql', { 'content-type': 'text/plain; application/json' }, cancel)],
    ['another charset', 415, send('/graphql', { 'content-type': 'application/json; charset=utf-16' }, cancel)],
    ['a compressed body', 415, send('/graphql', { ...json, 'content-encoding': 'gzip' }, cancel)],
    ['a batch', 400, send('/graphql', json, `[${cancel}]`)],
    ['no object', 400, send('/graphql', json, '"query"')],
    ['broken JSON', 400, send('/graphql', json, cancel.slice(1))],
    ['an unknown parameter', 400, send('/graphql', json, '{"query":"{ __typename }","other":1}')],
    [
      'a body over 256 KiB',
      413,
      send('/graphql', json, JSON.stringify({ query: cancel, variables: { x: 'x'.repeat(256 * 1_024) } })),
    ],
    [
      'a mutation by GET',
      405,
      {
        path: `/graphql?query=${encodeURIComponent('mutation { cancelConnectionFlow(input: { flowId: "x" }) { flow { id } } }')}`,
        init: {},
      },
    ],
    ['variables by GET that are no JSON', 400, { path: '/graphql?query={__typename}&variables={', init: {} }],
  ];
  it.each(refused)('Prospector refuses %s with %i and runs nothing', async (_what, status, { path, init }) => {
    const server = shared;
    const answer = await server.fetch(path, init);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({
      errors: [
        {
          message: expect.any(String),
          extensions: { code: 'BAD_USER_INPUT', requestId: answer.headers.get('x-request-id') },
        },
      ],
    });
    expect(server.ran).toEqual([]);
  });

  it('Prospector counts a body that does not say how long it is', async () => {
    await using server = await openWatchedServer();
    let finish = () => {};
    const sent = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const status = await new Promise((resolve, reject) => {
      const sending = request(
        `${server.origin}/graphql`,
        { method: 'POST', headers: { ...server.bearer, ...json } },
        (answer) => resolve(answer.resume().statusCode),
      );
      sending.on('error', reject);
      for (let piece = 0; piece < 200; piece += 1) sending.write('x'.repeat(64 * 1_024));
      sending.end(finish);
    });
    expect(status).toBe(413);
    await sent;
    expect((await server.ask('{ __typename }')).status).toBe(200);
  });

  it('Prospector does not wait for a client that sends its headers or its body too slowly', async () => {
    await using server = await openWatchedServer({ limits: { headersMs: 50, requestMs: 50 } });
    const head = `POST /graphql HTTP/1.1\r\nhost: localhost:${server.port}\r\nauthorization: Bearer ${ownerToken}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n`;
    const [headers, body] = await Promise.all([
      sendRaw(server.port, head),
      sendRaw(server.port, `${head}\r\n{"query"`),
    ]);
    expect([headers.status, body.status]).toEqual([408, 408]);
  });

  it('Prospector takes JSON with its charset spelled out, and queries by GET', async () => {
    await using server = await openWatchedServer();
    const posted = await server.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'Application/JSON; charset=UTF-8' },
      body: '{"query":"{ __typename }"}',
    });
    const got = await server.fetch(
      `/graphql?${new URLSearchParams({ query: 'query Q($id: ID!) { scan(id: $id) { id } }', operationName: 'Q', variables: '{"id":"scan_1"}' })}`,
    );
    expect(await posted.json()).toMatchObject({ data: { __typename: 'Query' } });
    expect(await got.json()).toMatchObject({ data: { scan: null } });
    expect(server.ran).toEqual(['scan_1']);
  });
});

describe('an answer', () => {
  it('11.J may weigh so much and no more: what is heavier is refused with its numbers, and paid for', async () => {
    await using server = await openTestServer({ limits: { answerBytes: 2_000 } });
    const light = await server.ask('{ system { version } }');
    expect([light.status, light.data]).toEqual([200, { system: { version: '0.0.0' } }]);
    const heavy = await server.ask('{ __schema { types { name description } } }');
    expect([heavy.status, heavy.data]).toEqual([400, undefined]);
    expect(heavy.errors).toEqual([
      {
        message: 'The answer would be larger than 2000 bytes. Ask for less, or in several requests.',
        extensions: { code: 'QUERY_TOO_COMPLEX', limit: 'answerBytes', allowed: 2_000, requestId: expect.any(String) },
      },
    ]);
  });
});

describe('points', () => {
  it('11.3 Prospector gives a token its points, says what is left, and refuses over it with 429, its numbers and nothing run', async () => {
    await using server = await openWatchedServer({ env: { PROSPECTOR_RATE_LIMIT: '3' } });
    const three = '{ a: scan(id: "x") { id } b: scan(id: "y") { id } rateLimit { cost limit used remaining } }';
    const first = await server.ask(three);
    const numbers = { cost: 2, limit: 3, used: 2, remaining: 1 };
    expect(first.data.rateLimit).toEqual(numbers);
    expect(first.extensions.cost).toEqual({ ...numbers, paid: 2, nodeCount: 2, resetsAt: expect.any(String) });
    expect(first.headers.get('ratelimit-policy')).toBe('"points";q=3;w=3600');
    expect(first.headers.get('ratelimit')).toMatch(/^"points";r=1;t=(2400|2399)$/);
    server.ran.length = 0;

    const second = await server.ask(three);
    expect([second.status, second.data, server.ran]).toEqual([429, undefined, []]);
    expect(second.errors[0].extensions).toEqual({
      code: 'RATE_LIMITED',
      ...numbers,
      resetsAt: expect.any(String),
      retryAfterMs: expect.any(Number),
      requestId: expect.any(String),
    });
    // One point is missing, and three come back in an hour.
    expect(second.headers.get('retry-after')).toMatch(/^(1200|1199)$/);

    const small = await server.ask('{ scan(id: "z") { id } }');
    expect([small.status, server.ran]).toEqual([200, ['z']]);
    const spent = await server.ask('{ rateLimit { cost remaining } }');
    expect(spent.data.rateLimit).toEqual({ cost: 0, remaining: 0 });
    const other = server.access.createToken({ name: 'other', scopes: ['READ'] });
    const theirs = await server.ask(three, { headers: { authorization: `Bearer ${other.secret}` } });
    expect(theirs.data.rateLimit.remaining).toBe(1);
  });
});
