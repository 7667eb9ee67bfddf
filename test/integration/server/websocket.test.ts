import { describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { createTestClock } from '../../support/clock.ts';
import { openTestServer, ownerToken } from '../../support/server.ts';
import { openSocket } from '../../support/socket.ts';

const refusalOf = (opening: Promise<unknown>) =>
  opening.then(
    () => 'open',
    ({ status }) => status,
  );

describe('an upgrade', () => {
  it('Prospector upgrades at its own path, under its own names and for its own pages only', async () => {
    await using server = await openTestServer();
    const at = (path: string, headers: Record<string, string>) => refusalOf(openSocket(server.port, { path, headers }));
    expect(await at('/graphql', { origin: 'http://evil.example' })).toBe(403);
    expect(await at('/graphql', { origin: 'null' })).toBe(403);
    expect(await at('/graphql', { host: 'evil.example' })).toBe(403);
    expect(await at('/graphql/x', {})).toBe(404);
    expect(await at('/events', {})).toBe(404);
    expect(await at('/graphql', { origin: server.origin })).toBe('open');
    expect(await at('/graphql?x=1', {})).toBe('open');
  });

  it('Prospector answers 503 when all sockets are taken, and has room again when one closes', async () => {
    await using server = await openTestServer({ limits: { sockets: 2 } });
    const first = await openSocket(server.port);
    await first.init(ownerToken);
    await (await openSocket(server.port)).init(ownerToken);
    expect(await refusalOf(openSocket(server.port))).toBe(503);
    first.socket.close();
    await first.closed;
    await expect.poll(() => refusalOf(openSocket(server.port))).toBe('open');
  });
});

describe('a credential', () => {
  it('Prospector takes a bearer token in connection_init, in either spelling, and 4403 is the answer to any other', async () => {
    await using server = await openTestServer();
    for (const payload of [{ Authorization: `Bearer ${ownerToken}` }, { authorization: `bearer ${ownerToken}` }]) {
      const socket = await openSocket(server.port);
      socket.send({ type: 'connection_init', payload });
      expect(await socket.next()).toEqual({ type: 'connection_ack' });
      socket.socket.close();
    }
    for (const payload of [
      undefined,
      {},
      { Authorization: ownerToken },
      { Authorization: 'Bearer prs_wrong' },
      { Authorization: [ownerToken] },
    ]) {
      const socket = await openSocket(server.port, { headers: { authorization: `Bearer ${ownerToken}` } });
      socket.send({ type: 'connection_init', ...(payload && { payload }) });
      expect([payload, (await socket.closed).code]).toEqual([payload, 4403]);
    }
  });

  it('Prospector takes the session of a page of its own, and of nobody else', async () => {
    await using server = await openTestServer();
    const cookie = await server.logIn();
    const own = await openSocket(server.port, { headers: { cookie, origin: server.origin } });
    own.send({ type: 'connection_init' });
    expect(await own.next()).toEqual({ type: 'connection_ack' });
    own.send({ type: 'subscribe', id: '1', payload: { query: '{ viewer { actor { kind } } }' } });
    expect((await own.next()).payload.data).toEqual({ viewer: { actor: { kind: 'DASHBOARD' } } });
    const stranger = await openSocket(server.port, { headers: { cookie } });
    stranger.send({ type: 'connection_init' });
    expect((await stranger.closed).code).toBe(4403);
  });
});

describe('the protocol', () => {
  it("Prospector answers each breach with the protocol's own code", async () => {
    await using server = await openTestServer();
    const subscribe = { type: 'subscribe', id: '1', payload: { query: 'subscription { events { id } }' } };
    const breaches: [what: string, code: number, messages: (object | string)[]][] = [
      ['garbage', 4400, ['garbage']],
      ['JSON that is no object', 4400, ['[]']],
      ['an unknown type', 4400, [{ type: 'hello' }]],
      ['a message only servers send', 4400, [{ type: 'connection_ack' }]],
      ['a subscribe without an id', 4400, [{ type: 'subscribe', payload: { query: '{ a }' } }]],
      ['an operation before connection_init', 4401, [subscribe]],
      [
        'a second connection_init',
        4429,
        [{ type: 'connection_init', payload: { Authorization: `Bearer ${ownerToken}` } }, { type: 'connection_init' }],
      ],
      [
        'an id in use',
        4409,
        [{ type: 'connection_init', payload: { Authorization: `Bearer ${ownerToken}` } }, subscribe, subscribe],
      ],
      ['a message over 64 KiB', 1009, [{ type: 'ping', payload: { x: 'x'.repeat(65_536) } }]],
    ];
    for (const [what, code, messages] of breaches) {
      const socket = await openSocket(server.port);
      for (const [at, message] of messages.entries()) {
        socket.send(message);
        if (at === 0 && messages.length > 1) await socket.next();
      }
      expect([what, (await socket.closed).code]).toEqual([what, code]);
    }
    expect(server.events.followers()).toBe(0);
    expect((await server.ask('{ __typename }')).status).toBe(200);
  });

  it('Prospector speaks graphql-transport-ws and no other protocol', async () => {
    await using server = await openTestServer();
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/graphql`);
    const code = await new Promise((resolve, reject) => socket.once('close', resolve).once('error', reject));
    expect(code).toBe(4406);
  });

  it('Prospector closes a socket that says nothing in time with 4408', async () => {
    await using server = await openTestServer({ limits: { initMs: 20 } });
    const socket = await openSocket(server.port);
    expect((await socket.closed).code).toBe(4408);
  });

  it('Prospector pings, and lets go of a client that does not answer', async () => {
    const clock = createTestClock();
    await using server = await openTestServer({ clock });
    const socket = await openSocket(server.port);
    await socket.init(ownerToken);
    const pinged = new Promise((resolve) => socket.socket.once('ping', resolve));
    await clock.advance(12_000);
    await pinged;
    socket.socket.pause();
    await clock.advance(12_000);
    await clock.advance(12_000);
    socket.socket.resume();
    expect((await socket.closed).code).toBe(1006);
  });
});

describe('an operation', () => {
  it('Prospector holds sockets to the same limits as HTTP, with the same codes', async () => {
    const ran: string[] = [];
    await using server = await openTestServer({
      env: { PROSPECTOR_RATE_LIMIT: '3', PROSPECTOR_INTROSPECTION: 'off' },
      services: { scanner: { latest: () => undefined, scan: (id: string) => void ran.push(id) } },
    });
    const socket = await openSocket(server.port);
    await socket.init(ownerToken);
    const ask = async (query: string, variables?: object) => {
      socket.send({ type: 'subscribe', id: '1', payload: { query, ...(variables && { variables }) } });
      const answer = await socket.next();
      if (answer.type === 'next') expect(await socket.next()).toEqual({ type: 'complete', id: '1' });
      return answer;
    };
    const codeOf = async (query: string, variables?: object) => {
      const { type, payload } = await ask(query, variables);
      const [error] = type === 'error' ? payload : payload.errors;
      expect(error.extensions).toEqual({ ...error.extensions, requestId: expect.stringMatching(/^req_/) });
      expect(error.extensions).not.toHaveProperty('http');
      return error.extensions.code;
    };
    expect(
      await codeOf(`{ ${Array.from({ length: 16 }, (_, at) => `a${at}: __typename`).join(' ')} scan(id: "x") { id } }`),
    ).toBe('QUERY_TOO_COMPLEX');
    expect(await codeOf(`{ scan(id: "x") { ${'id '.repeat(2_000)} } }`)).toBe('QUERY_TOO_COMPLEX');
    expect(
      await codeOf(
        '{ scan(id: "x") { jobs(first: 100) { nodes { client { totalSpent { amount } } fixedBudget { amount } hourlyRate { min { amount } max { amount } } } } } jobs(first: 100) { nodes { client { totalSpent { amount } } fixedBudget { amount } hourlyRate { min { amount } max { amount } } } } }',
      ),
    ).toBe('QUERY_TOO_COMPLEX');
    expect(await codeOf('{ scan(id: ')).toBe('GRAPHQL_PARSE_FAILED');
    expect(await codeOf('{ nothing }')).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await codeOf('{ __schema { queryType { name } } }')).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await codeOf('query ($id: ID!) { scan(id: $id) { id } }')).toBe('BAD_USER_INPUT');
    expect(await codeOf('query A { __typename } query B { __typename }')).toBe('BAD_USER_INPUT');
    const nested = { id: JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`) };
    const { payload } = await ask('query ($id: ID!) { scan(id: $id) { id } }', nested);
    expect(payload).toEqual([expect.objectContaining({ message: expect.stringContaining('nested deeper than 32') })]);
    expect(
      await codeOf(
        '{ a: scan(id: "x") { id } b: scan(id: "x") { id } c: scan(id: "x") { id } d: scan(id: "x") { id } }',
      ),
    ).toBe('RATE_LIMITED');
    expect(ran).toEqual([]);
    expect((await ask('{ scan(id: "good") { id } }')).payload).toMatchObject({
      data: { scan: null },
      extensions: { cost: { cost: 1, used: 1 } },
    });
    expect(ran).toEqual(['good']);
    expect(socket.socket.readyState).toBe(socket.socket.OPEN);
  });

  it('Prospector refuses subscriptions over the number of a socket and of a token with TOO_MANY_SUBSCRIPTIONS, and goes on with the others', async () => {
    await using server = await openTestServer({ limits: { operationsPerSocket: 3, subscriptionsPerToken: 4 } });
    const [one, two] = [await openSocket(server.port), await openSocket(server.port)];
    await one.init(ownerToken);
    await two.init(ownerToken);
    const follow = (socket: typeof one, id: string) =>
      socket.send({ type: 'subscribe', id, payload: { query: 'subscription { events { id } }' } });
    for (const id of ['1', '2', '3']) follow(one, id);
    await expect.poll(() => server.events.followers()).toBe(3);
    follow(one, '4');
    expect(await one.next()).toMatchObject({
      type: 'error',
      id: '4',
      payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }],
    });
    follow(two, '1');
    await expect.poll(() => server.events.followers()).toBe(4);
    follow(two, '2');
    expect(await two.next()).toMatchObject({
      type: 'next',
      id: '2',
      payload: { errors: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }] },
    });
    expect(await two.next()).toEqual({ type: 'complete', id: '2' });
    const stream = await server.fetch('/events');
    expect([stream.status, await stream.json()]).toEqual([
      429,
      {
        errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'TOO_MANY_SUBSCRIPTIONS' }) })],
      },
    ]);

    one.send({ type: 'complete', id: '1' });
    await expect.poll(() => server.events.followers()).toBe(3);
    follow(two, '3');
    await expect.poll(() => server.events.followers()).toBe(4);
    server.announce();
    expect(await one.next()).toMatchObject({ type: 'next', id: '2' });
    expect(await two.next()).toMatchObject({ type: 'next', id: '1' });
  });

  it('Prospector masks a bug of its own, keeps the socket, and holds no place for what never began', async () => {
    const measure = () => {
      throw new TypeError('canary');
    };
    await using server = await openTestServer({ api: { measure }, limits: { subscriptionsPerToken: 1 } });
    const socket = await openSocket(server.port);
    await socket.init(ownerToken);
    for (const query of ['{ viewer { scopes } }', 'subscription { events { id } }', 'subscription { events { id } }']) {
      socket.send({ type: 'subscribe', id: '1', payload: { query } });
      const { payload } = await socket.next();
      expect([query, payload.errors[0].extensions.code]).toEqual([query, 'INTERNAL_SERVER_ERROR']);
      expect(payload.errors[0].message).not.toContain('canary');
      expect(await socket.next()).toEqual({ type: 'complete', id: '1' });
    }
    expect((await server.ask('{ viewer { scopes } }')).status).toBe(500);
  });

  it('Prospector lets go of everything when a socket closes', async () => {
    const clock = createTestClock();
    await using server = await openTestServer({ clock });
    const asked = vi.spyOn(server.access, 'isStillValid');
    const socket = await openSocket(server.port);
    await socket.init(ownerToken);
    for (const id of ['1', '2'])
      socket.send({ type: 'subscribe', id, payload: { query: 'subscription { events { id } }' } });
    await expect.poll(() => server.events.followers()).toBe(2);
    await clock.advance(2_000);
    expect(asked).toHaveBeenCalledTimes(1);
    socket.socket.terminate();
    await expect.poll(() => server.events.followers()).toBe(0);
    await clock.advance(2_000);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(await (await server.fetch('/metrics')).text()).toMatch(/prospector_subscriptions 0\n[\s\S]*/);
  });
});
