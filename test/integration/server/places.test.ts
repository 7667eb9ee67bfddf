import { type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { firstToGo } from '../../../src/server/places/places.ts';
import { type BuiltServer, startBuiltServer } from '../../support/built-server.ts';
import { openSocket } from '../../support/socket.ts';

const noRoom = /^All places are taken\. Try again later/;

/** A request on a connection of its own; its answer as soon as the headers are there. */
function get(server: BuiltServer, path: string, more: { token?: string; upgrade?: boolean } = {}) {
  const headers = {
    ...(more.token && { authorization: `Bearer ${more.token}` }),
    ...(more.upgrade && {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    }),
  };
  return new Promise<IncomingMessage>((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port: server.port, path, agent: false, headers }, resolve);
    asking.on('error', reject).end();
  });
}

/** Connections that ask nothing, all of them made. */
async function idle(server: BuiltServer, count: number, localAddress = '127.0.0.1'): Promise<Socket[]> {
  const sockets: Socket[] = [];
  for (let at = 0; at < count; at += 100) {
    const some = Array.from({ length: Math.min(100, count - at) }, () =>
      connect({ host: '127.0.0.1', port: server.port, localAddress }).on('error', () => {}),
    );
    await Promise.all(some.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    sockets.push(...some);
  }
  return sockets;
}

it('11.I 4,100 idle connections of one address do not shut the owner out, not even from that address', async () => {
  await using server = await startBuiltServer();
  const strangers = await idle(server, 4_100);
  const answer = await get(server, '/metrics', { token: server.token });
  expect(answer.statusCode).toBe(200);
  answer.resume();
  const socket = await openSocket(server.port);
  await socket.init(server.token);
  expect((await server.ask('{ viewer { scopes } }')).status).toBe(200);
  await expect.poll(() => strangers.filter(({ closed }) => closed).length).toBeGreaterThanOrEqual(100);
  for (const stranger of strangers) stranger.destroy();
  socket.socket.terminate();
}, 120_000);

it('11.I an address that takes many places loses its own, not those of another', async () => {
  await using server = await startBuiltServer({ PROSPECTOR_MAX_CONNECTIONS: '50' });
  const [other] = await idle(server, 1, '127.0.0.3');
  const strangers = await idle(server, 300, '127.0.0.2');
  await expect.poll(() => strangers.filter(({ closed }) => closed).length).toBeGreaterThanOrEqual(250);
  const answered = new Promise<string>((resolve) => other?.once('data', (data) => resolve(String(data))));
  other?.write(`GET /healthz HTTP/1.1\r\nhost: localhost:${server.port}\r\n\r\n`);
  expect(await answered).toMatch(/^HTTP\/1\.1 200 /);
  for (const socket of [...strangers, other]) socket?.destroy();
});

it('11.I 2,000 WebSockets that never log in leave a place for the owner and for other tokens', async () => {
  await using server = await startBuiltServer({ PROSPECTOR_LOGIN_TIMEOUT: '1m' });
  const guest = await openSocket(server.port);
  await guest.init(await server.makeToken('READ'));
  const strangers = [];
  for (let at = 0; at < 2_000; at += 50)
    strangers.push(...(await Promise.all(Array.from({ length: 50 }, () => openSocket(server.port)))));
  const owner = await openSocket(server.port);
  await owner.init(server.token);
  expect(await strangers[0]?.closed).toEqual({ code: 1013, reason: 'Others need this place: log in at once' });
  for (const socket of [guest, owner]) {
    socket.send({ type: 'ping' });
    expect(await socket.next()).toEqual({ type: 'pong' });
  }
  for (const { socket } of [...strangers, owner, guest]) socket.terminate();
}, 120_000);

it("11.4 11.I the last places of the WebSockets are the owner's, and past them an upgrade is answered 503", async () => {
  await using server = await startBuiltServer({ PROSPECTOR_MAX_SOCKETS: '20' });
  const guest = await server.makeToken('READ');
  const held = [];
  for (const token of [...Array(10).fill(guest)]) {
    held.push(await openSocket(server.port));
    await held.at(-1)?.init(token);
  }
  const late = await openSocket(server.port);
  late.send({ type: 'connection_init', payload: { Authorization: `Bearer ${guest}` } });
  expect(await late.closed).toEqual({
    code: 1013,
    reason: "The places that are left are the owner's: try again later",
  });
  for (let at = 0; at < 10; at += 1) {
    held.push(await openSocket(server.port));
    await held.at(-1)?.init(server.token);
  }
  const refused = await get(server, '/graphql', { upgrade: true });
  expect([refused.statusCode, refused.headers['retry-after'], refused.headers['content-type']]).toEqual([
    503,
    '5',
    'application/json; charset=utf-8',
  ]);
  expect(JSON.parse(await text(refused))).toEqual({
    errors: [
      {
        message: expect.stringMatching(noRoom),
        extensions: { code: 'SERVICE_UNAVAILABLE', requestId: refused.headers['x-request-id'] },
      },
    ],
  });
  held[0]?.socket.close();
  await held[0]?.closed;
  const next = await openSocket(server.port);
  await next.init(server.token);
  for (const { socket } of [...held, next]) socket.terminate();
});

it("11.4 11.I the last connections are the owner's, and past them a connection is told 503", async () => {
  await using server = await startBuiltServer({ PROSPECTOR_MAX_CONNECTIONS: '20' });
  const guest = await server.makeToken('READ');
  const streams: IncomingMessage[] = [];
  const open = async (token: string) => {
    const stream = await get(server, '/events', { token });
    streams.push(stream);
    return stream;
  };
  for (let at = 0; at < 10; at += 1) expect((await open(guest)).statusCode).toBe(200);
  const late = await open(guest);
  expect([late.statusCode, late.headers['retry-after']]).toEqual([503, '5']);
  expect(JSON.parse(await text(late)).errors[0]).toMatchObject({
    message: expect.stringMatching(noRoom),
    extensions: { code: 'SERVICE_UNAVAILABLE' },
  });
  for (let at = 0; at < 10; at += 1) expect((await open(server.token)).statusCode).toBe(200);
  const raw = connect(server.port, '127.0.0.1');
  expect(await text(raw)).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 5[\s\S]*"SERVICE_UNAVAILABLE"/);
  for (const stream of streams) stream.destroy();
  await expect.poll(async () => (await server.ask('{ viewer { scopes } }').catch(() => undefined))?.status).toBe(200);
});

it.each([
  ['too much waits for', { PROSPECTOR_STALL_TIMEOUT: '10m' }, 400],
  ['takes nothing for the time that is set', { PROSPECTOR_STALL_TIMEOUT: '1s' }, 110],
])('11.4 a reader that %s ends with 1013 and a reason', async (_what, env, messages) => {
  await using server = await startBuiltServer({ PROSPECTOR_LOG_LEVEL: 'debug', ...env });
  const reader = await openSocket(server.port);
  await reader.init(server.token);
  reader.socket.pause();
  const payload = 'x'.repeat(60_000);
  for (let at = 0; at < messages; at += 1) reader.send({ type: 'ping', payload: { payload } });
  await server.line(/does not read/);
  reader.socket.resume();
  expect(await reader.closed).toEqual({ code: 1013, reason: 'Too slow: come back with the last cursor' });
});

it('11.4 the subscriptions a token may have, and how long it may be idle or not logged in, are settings', async () => {
  await using server = await startBuiltServer({
    PROSPECTOR_MAX_SUBSCRIPTIONS: '1',
    PROSPECTOR_IDLE_TIMEOUT: '7s',
    PROSPECTOR_LOGIN_TIMEOUT: '1s',
    PROSPECTOR_RATE_LIMIT: '77',
  });
  const stream = await get(server, '/events', { token: server.token });
  const second = await get(server, '/events', { token: server.token });
  expect([stream.statusCode, second.statusCode, await text(second)]).toEqual([
    200,
    429,
    expect.stringContaining('"TOO_MANY_SUBSCRIPTIONS"'),
  ]);
  const { headers } = await server.ask('{ rateLimit { limit } }');
  expect([headers.get('keep-alive'), headers.get('ratelimit-policy')]).toEqual(['timeout=7', '"points";q=77;w=3600']);
  const silent = await openSocket(server.port);
  expect((await silent.closed).code).toBe(4408);
  stream.destroy();
});

it('11.I who makes room: nobody who is logged in, the address with most places, idle ones first, the oldest', () => {
  const a = { network: 'a', use: 'stranger' } as const;
  const b = { network: 'b', use: 'idle' } as const;
  const owner = { network: 'a', use: 'owner' } as const;
  const guest = { network: 'a', use: 'guest' } as const;
  const [old, young, idle] = [{ ...a }, { ...a }, { ...a, use: 'idle' } as const];
  expect(firstToGo([owner, guest])).toBeUndefined();
  expect(firstToGo([owner, guest, guest, b, old])).toBe(b);
  expect(firstToGo([owner, b, old, young])).toBe(old);
  expect(firstToGo([owner, b, old, young, idle])).toBe(idle);
});
