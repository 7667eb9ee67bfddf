import { connect, type Socket } from 'node:net';
import { buildSchema } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import type { Context } from '../../../src/schema/context.ts';
import { createTestClock } from '../../support/clock.ts';
import { openTestServer, ownerToken, type TestServer } from '../../support/server.ts';
import { openSocket } from '../../support/socket.ts';

const query = 'subscription ($after: String) { events(after: $after) { cursor replayed } }';
const largeQuery =
  'subscription { events { cursor ... on PlatformStatusChangedEvent { platformStatus { message } } } }';
const subscribe = (id: string, after?: string) => ({
  type: 'subscribe',
  id,
  payload: { query, ...(after && { variables: { after } }) },
});

/** An event stream read by hand, so that a test decides when it is read. */
function openStream(
  server: TestServer,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ socket: Socket; text: () => string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1');
    const pieces: string[] = [];
    const lines = Object.entries({ host: `localhost:${server.port}`, ...server.bearer, ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    socket.on('error', reject);
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => {
      pieces.push(piece);
      if (piece.includes('\n\n')) resolve({ socket, text: () => pieces.join('') });
    });
    socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  });
}

const cursors = (written: readonly { cursor: string }[]) => written.map(({ cursor }) => cursor);

it('Prospector delivers a burst of 5,000 events to a follower whole and in order, while others have stopped reading (T1)', async () => {
  await using server = await openTestServer();
  const reader = await openSocket(server.port);
  const stalled = await openSocket(server.port);
  for (const socket of [reader, stalled]) {
    await socket.init(ownerToken);
    socket.send(subscribe('1'));
  }
  const sse = await openStream(server, '/events');
  await expect.poll(() => server.events.followers()).toBe(3);
  stalled.socket.pause();
  sse.socket.pause();
  const written = server.announce(5_000);
  const seen: string[] = [];
  while (seen.length < written.length) seen.push((await reader.next()).payload.data.events.cursor);
  expect(seen).toEqual(cursors(written));
  expect((await server.ask('{ system { subscribers } }')).data.system.subscribers).toBe(3);
  stalled.socket.resume();
  const caughtUp: string[] = [];
  while (caughtUp.length < written.length) caughtUp.push((await stalled.next()).payload.data.events.cursor);
  expect(caughtUp).toEqual(cursors(written));
  sse.socket.resume();
  await expect.poll(() => sse.text().match(/^id: .*$/gm)?.length, { timeout: 10_000 }).toBe(5_000);
  expect(sse.text().match(/^id: .*$/gm)).toEqual(cursors(written).map((cursor) => `id: ${cursor}`));
  sse.socket.destroy();
});

it('Prospector resumes behind a cursor with no gap and no double, over WebSocket and SSE alike', async () => {
  await using server = await openTestServer();
  const written = server.announce(3);
  const after = written[0]?.cursor ?? '';
  const socket = await openSocket(server.port);
  await socket.init(ownerToken);
  socket.send(subscribe('1', after));
  const stream = await openStream(
    server,
    `/graphql?${new URLSearchParams({ query, variables: JSON.stringify({ after }) })}`,
    { accept: 'text/event-stream' },
  );
  await expect.poll(() => server.events.followers()).toBe(2);
  const live = server.announce();
  const expected = [...written.slice(1), ...live].map(({ cursor }, at) => ({ cursor, replayed: at < 2 }));
  for (const events of expected) expect((await socket.next()).payload.data).toEqual({ events });
  await expect
    .poll(() =>
      stream
        .text()
        .match(/^data: \{.*$/gm)
        ?.map((line) => JSON.parse(line.slice(6)).data.events),
    )
    .toEqual(expected);
  stream.socket.destroy();
  await expect.poll(() => server.events.followers()).toBe(1);
});

it('Prospector refuses a cursor it did not hand out, or that is too old, as the only result, and then completes', async () => {
  const clock = createTestClock();
  await using server = await openTestServer({ clock });
  const [old] = server.announce(2);
  clock.jump(8 * 24 * 60 * 60 * 1_000);
  server.announce();
  server.events.trim();
  const socket = await openSocket(server.port);
  await socket.init(ownerToken);
  socket.send(subscribe('1', old?.cursor));
  const expired = await socket.next();
  const [error] = expired.payload.errors;
  expect([expired.type, error.extensions.code, await socket.next()]).toEqual([
    'next',
    'CURSOR_EXPIRED',
    { type: 'complete', id: '1' },
  ]);
  socket.send(subscribe('2', error.extensions.oldestCursor));
  expect((await socket.next()).payload.data.events.replayed).toBe(true);
  socket.send(subscribe('3', 'nonsense'));
  expect((await socket.next()).payload.errors[0].extensions.code).toBe('BAD_USER_INPUT');

  const sse = await server.fetch(
    `/graphql?${new URLSearchParams({ query, variables: JSON.stringify({ after: old?.cursor }) })}`,
    { headers: { accept: 'text/event-stream' } },
  );
  expect(sse.status).toBe(200);
  expect((await sse.text()).replace(/^:\n\n/gm, '')).toMatch(
    /^event: next\ndata: \{"errors":\[.*CURSOR_EXPIRED.*\n\nevent: complete\ndata:\n\n$/,
  );
});

describe('a client that stops reading', () => {
  /** Enough to fill every buffer on the way: a client that has stopped reading then holds up its sender. */
  const flood = (server: TestServer) => server.announce(600, 'x'.repeat(64 * 1_024));
  const follow = { type: 'subscribe', id: '1', payload: { query: largeQuery } };

  it('Prospector tells one that comes back after 30 s with CURSOR_LAGGED where to resume', async () => {
    const clock = createTestClock();
    await using server = await openTestServer({ clock, limits: { stallMs: 60_000 } });
    const socket = await openSocket(server.port);
    await socket.init(ownerToken);
    socket.send(follow);
    await expect.poll(() => server.events.followers()).toBe(1);
    socket.socket.pause();
    const written = flood(server);
    await stopsSending(server);
    await clock.advance(30_000);
    await expect.poll(() => server.events.followers()).toBe(0);
    socket.socket.resume();
    const seen: string[] = [];
    let message = await socket.next();
    for (; !message.payload.errors; message = await socket.next()) seen.push(message.payload.data.events.cursor);
    expect(message.payload.errors).toEqual([
      {
        message: expect.any(String),
        extensions: { code: 'CURSOR_LAGGED', cursor: seen.at(-1), requestId: expect.any(String) },
      },
    ]);
    expect(await socket.next()).toEqual({ type: 'complete', id: '1' });
    expect(seen).toEqual(cursors(written).slice(0, seen.length));
    socket.send(subscribe('2', seen.at(-1)));
    expect((await socket.next()).payload.data.events).toEqual({ cursor: written[seen.length]?.cursor, replayed: true });
  });

  it('Prospector ends one that takes nothing at all: its socket with 1013, its event stream at once', async () => {
    const clock = createTestClock();
    await using server = await openTestServer({ clock });
    const socket = await openSocket(server.port);
    await socket.init(ownerToken);
    socket.send(follow);
    const streams = [
      await openStream(server, '/events'),
      await openStream(server, `/graphql?${new URLSearchParams({ query: largeQuery })}`, {
        accept: 'text/event-stream',
      }),
    ];
    await expect.poll(() => server.events.followers()).toBe(3);
    socket.socket.pause();
    for (const stream of streams) stream.socket.pause();
    flood(server);
    await stopsSending(server);
    await clock.advance(35_000);
    await clock.advance(2_000);
    await expect.poll(() => server.events.followers()).toBe(0);
    for (const route of ['/events', '/graphql'])
      await expect
        .poll(async () => (await server.fetch('/metrics')).text())
        .toContain(`prospector_http_requests_total{route="${route}",method="GET",status="200"} 1\n`);
    for (const stream of streams) stream.socket.resume();
    socket.socket.resume();
    await Promise.all(
      streams.map(
        ({ socket: { closed }, socket: one }) => closed || new Promise((resolve) => one.once('close', resolve)),
      ),
    );
    expect([1013, 1006]).toContain((await socket.closed).code);
    expect(await (await server.fetch('/metrics')).text()).toMatch(/prospector_websockets 0\n/);
  });

  it('Prospector does not answer the pings of one that reads nothing, but ends it', async () => {
    await using server = await openTestServer({ limits: { bufferedBytes: 10_000 } });
    const socket = await openSocket(server.port);
    await socket.init(ownerToken);
    socket.send(follow);
    await expect.poll(() => server.events.followers()).toBe(1);
    socket.socket.pause();
    flood(server);
    await stopsSending(server);
    socket.socket.ping();
    await expect.poll(() => server.lines.some((line) => line.includes('does not read'))).toBe(true);
    socket.socket.terminate();
  });

  it('Prospector ends a socket for which more waits than is bearable with 1013', async () => {
    await using server = await openTestServer({ limits: { bufferedBytes: 50_000 } });
    const socket = await openSocket(server.port);
    await socket.init(ownerToken);
    socket.socket.pause();
    const payload = 'x'.repeat(60_000);
    for (let at = 0; at < 200; at += 1) socket.send({ type: 'ping', payload: { payload } });
    await expect.poll(() => server.lines.some((line) => line.includes('does not read'))).toBe(true);
    socket.socket.resume();
    expect((await socket.closed).code).toBe(1013);
  });
});

/** Waits until the server writes no more: what is under way has filled all buffers. */
async function stopsSending(server: TestServer): Promise<void> {
  let before = -1;
  const isStill = () => {
    const now = server.handedOut();
    const still = now === before;
    before = now;
    return still;
  };
  await expect.poll(isStill, { interval: 300, timeout: 20_000 }).toBe(true);
}

describe('a token that is revoked', () => {
  it('Prospector ends its sockets with 4401 and its event streams, and leaves those of others alone', async () => {
    const clock = createTestClock();
    await using server = await openTestServer({ clock });
    const { apiToken, secret } = server.access.createToken({ name: 'guest', scopes: ['READ'] });
    const guest = await openSocket(server.port);
    const owner = await openSocket(server.port);
    await guest.init(secret);
    await owner.init(ownerToken);
    for (const socket of [guest, owner]) socket.send(subscribe('1'));
    const bearer = { authorization: `Bearer ${secret}` };
    const streams = [
      await server.fetch('/events', { headers: bearer }),
      await server.fetch(`/graphql?${new URLSearchParams({ query })}`, {
        headers: { ...bearer, accept: 'text/event-stream' },
      }),
    ];
    await expect.poll(() => server.events.followers()).toBe(4);
    server.access.revokeToken(apiToken.id);
    await clock.advance(2_000);
    expect(await guest.closed).toEqual({ code: 4401, reason: 'The token is no longer valid' });
    for (const stream of streams) expect(await stream.text()).not.toContain('errors');
    await expect.poll(() => server.events.followers()).toBe(1);
    server.announce();
    expect(await owner.next()).toMatchObject({ type: 'next' });
    expect((await server.fetch('/events', { headers: bearer })).status).toBe(401);
  });

  it('Prospector ends what a browser follows when it logs out', async () => {
    const clock = createTestClock();
    await using server = await openTestServer({ clock });
    const cookie = await server.logIn();
    const socket = await openSocket(server.port, { headers: { cookie, origin: server.origin } });
    socket.send({ type: 'connection_init' });
    await socket.next();
    await server.fetchBare('/logout', { method: 'POST', headers: { cookie, origin: server.origin } });
    await clock.advance(2_000);
    expect((await socket.closed).code).toBe(4401);
  });
});

describe('a client that goes', () => {
  /** A schema whose one field waits and shows what it was given. */
  const openWaitingServer = async (clock = createTestClock()) => {
    const contexts: Context[] = [];
    const schema = buildSchema('type Query { wait: Int }');
    Object.assign(schema.getQueryType()?.getFields()['wait'] ?? {}, {
      resolve: (_root: unknown, _args: unknown, context: Context) => {
        contexts.push(context);
        return new Promise(() => {});
      },
    });
    const measure = () => ({ complexity: 1, depth: 1, nodeCount: 0 });
    const server = await openTestServer({ clock, api: { schema, measure } });
    return { ...server, clock, contexts };
  };

  it('Prospector tells the resolvers of what it asked for, over HTTP and WebSocket alike', async () => {
    await using server = await openWaitingServer();
    const leaving = new AbortController();
    const asked = server.fetch('/graphql?query={wait}', { signal: leaving.signal }).catch(() => 'gone');
    const socket = await openSocket(server.port);
    await socket.init(ownerToken);
    socket.send({ type: 'subscribe', id: '1', payload: { query: '{ wait }' } });
    await expect.poll(() => server.contexts.map(({ signal }) => signal.aborted)).toEqual([false, false]);
    leaving.abort();
    socket.socket.terminate();
    await expect.poll(() => server.contexts.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(await asked).toBe('gone');
  });

  it('Prospector asks no more whether the token of a finished request is still good', async () => {
    const clock = createTestClock();
    await using server = await openTestServer({ clock });
    const asked = vi.spyOn(server.access, 'isStillValid');
    expect((await server.ask('{ viewer { scopes } }')).status).toBe(200);
    const stream = await server.fetch('/events');
    await clock.advance(2_000);
    expect(asked).toHaveBeenCalledTimes(1);
    await stream.body?.cancel();
    await expect.poll(() => server.events.followers()).toBe(0);
    await clock.advance(2_000);
    expect(asked).toHaveBeenCalledTimes(1);
  });
});

describe('closing', () => {
  it('Prospector stops listening and ends sockets and streams', async () => {
    await using server = await openTestServer();
    const socket = await openSocket(server.port);
    await socket.init(ownerToken);
    socket.send(subscribe('1'));
    const stream = await server.fetch('/events');
    const sse = await server.fetch(`/graphql?${new URLSearchParams({ query })}`, {
      headers: { accept: 'text/event-stream' },
    });
    await Promise.all([server.close(), server.close()]);
    expect((await socket.closed).code).toBe(1001);
    expect(await stream.text()).toMatch(/^:/);
    expect(await sse.text()).toContain('event: complete');
    await expect.poll(() => server.events.followers()).toBe(0);
    await expect(fetch(`${server.origin}/healthz`)).rejects.toThrow();
  });

  it('Prospector finishes a request that runs', async () => {
    let answer = (_scan: undefined) => {};
    const scan = vi.fn(() => new Promise((resolve) => (answer = resolve)));
    await using server = await openTestServer({
      clock: createTestClock(),
      services: { scanner: { latest: () => undefined, scan } },
    });
    const asked = server.ask('{ scan(id: "x") { id } }');
    await expect.poll(() => scan.mock.calls.length).toBe(1);
    const closing = server.close();
    answer(undefined);
    expect((await asked).data).toEqual({ scan: null });
    await closing;
  });

  it('Prospector does not wait for clients that do not go', async () => {
    const clock = createTestClock();
    await using server = await openTestServer({ clock });
    const socket = await openSocket(server.port);
    await socket.init(ownerToken);
    socket.socket.pause();
    const idle = connect(server.port, '127.0.0.1').on('error', () => undefined);
    idle.write('GET /healthz HTTP/1.1\r\n');
    await new Promise((resolve) => idle.once('connect', resolve));
    const closing = server.close();
    await clock.advance(5_000);
    await closing;
    idle.destroy();
    socket.socket.terminate();
  });
});
