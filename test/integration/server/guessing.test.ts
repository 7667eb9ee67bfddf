import { request } from 'node:http';
import { expect, it } from 'vitest';
import { networkOf } from '../../../src/server/access/guesses.ts';
import { type BuiltServer, startBuiltServer } from '../../support/built-server.ts';
import { openSocket } from '../../support/socket.ts';

type Door = (server: BuiltServer, token: string) => Promise<number>;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const json = { 'content-type': 'application/json' };
/** Every way to show a token, each answering with a status or a close code. */
const doors: Record<string, Door> = {
  'GraphQL by POST': async (server, token) => {
    const body = '{"query":"{ viewer { scopes } }"}';
    const init = { method: 'POST', headers: { ...json, ...bearer(token) }, body };
    return (await server.fetchBare('/graphql', init)).status;
  },
  'a page': async (server, token) =>
    (await server.fetchBare('/', { headers: { accept: 'text/html', ...bearer(token) } })).status,
  GraphiQL: async (server, token) =>
    (
      await server.fetchBare('/graphql?query={__typename}', {
        headers: { accept: 'text/html, application/json', ...bearer(token) },
      })
    ).status,
  metrics: async (server, token) => (await server.fetchBare('/metrics', { headers: bearer(token) })).status,
  'the event stream': async (server, token) => {
    const ending = new AbortController();
    const { status } = await server.fetchBare('/events', { headers: bearer(token), signal: ending.signal });
    ending.abort();
    return status;
  },
  'log-in': async (server, token) =>
    (await server.fetchBare('/login', { method: 'POST', headers: json, body: JSON.stringify({ token }) })).status,
  'a session cookie': async (server, token) => {
    const cookie = await server.logIn();
    const name = cookie.split('=')[0];
    const value = token === server.token ? cookie : `${name}=${token}`;
    const headers = { cookie: value, 'x-prospector-csrf': '1' };
    return (await server.fetchBare('/graphql?query={__typename}', { headers })).status;
  },
  'a WebSocket': async (server, token) => {
    const socket = await openSocket(server.port);
    const outcome = Promise.race([
      socket.next().then(
        () => 200,
        () => 0,
      ),
      socket.closed.then(({ code }) => code),
    ]);
    socket.send({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } });
    const first = await outcome;
    socket.socket.close();
    return first || (await socket.closed).code;
  },
};
const slowed = [429, 1013];

it.each(Object.keys(doors))(
  '11.B %s: wrong ones are slowed down, the right one gets in from the same address',
  async (name) => {
    await using server = await startBuiltServer();
    const door = doors[name] ?? expect.fail();
    const first = await door(server, 'prs_wrong');
    expect(slowed).not.toContain(first);
    const statuses: number[] = [];
    for (let at = 0; at < 20; at += 1) statuses.push(await door(server, `prs_${at}_wrong`));
    expect(statuses.filter((status) => slowed.includes(status))).toHaveLength(11);
    expect(slowed).toContain(statuses.at(-1));
    expect([200, 204, 303]).toContain(await door(server, server.token));
  },
);

it('11.B the doors count together: who has guessed at one is slowed down at all', async () => {
  await using server = await startBuiltServer();
  for (let at = 0; at < 10; at += 1) await doors['log-in']?.(server, `prs_${at}_wrong`);
  for (const [name, door] of Object.entries(doors))
    expect([name, slowed.includes(await door(server, 'prs_next'))]).toEqual([name, true]);
  expect((await server.ask('{ viewer { scopes } }')).status).toBe(200);
});

it('11.B a wrong token is told when to come back, and has to connect again', async () => {
  await using server = await startBuiltServer();
  for (let at = 0; at < 10; at += 1) await server.fetchBare('/metrics', { headers: bearer('prs_wrong') });
  const answer = await server.fetchBare('/metrics', { headers: bearer('prs_wrong') });
  expect([answer.status, answer.headers.get('connection')]).toEqual([429, 'close']);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});

it('11.B nobody is counted who shows nothing', async () => {
  await using server = await startBuiltServer();
  for (let at = 0; at < 20; at += 1) expect((await server.fetchBare('/metrics')).status).toBe(401);
});

/** The status that a token gets which is shown from one of this machine's addresses. */
function statusFrom(localAddress: string, { port }: BuiltServer, token: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/metrics', localAddress, headers: bearer(token) }, (answer) =>
      resolve(answer.resume().statusCode),
    )
      .on('error', reject)
      .end();
  });
}

it('11.B guesses at one prefix from many addresses are slowed down together, and the token behind it gets in', async () => {
  await using server = await startBuiltServer();
  const prefix = server.token.slice(0, 8);
  for (let at = 0; at < 10; at += 1) expect(await statusFrom(`127.0.1.${at}`, server, `${prefix}${at}`)).toBe(401);
  expect(await statusFrom('127.0.1.99', server, `${prefix}next`)).toBe(429);
  expect(await statusFrom('127.0.1.98', server, 'prs_other')).toBe(401);
  expect(await statusFrom('127.0.1.99', server, server.token)).toBe(200);
});

it("11.B one who guesses from a proxy's address slows down nobody else who comes from there with a right token", async () => {
  await using server = await startBuiltServer();
  const other = await server.makeToken('READ');
  for (let at = 0; at < 400; at += 1) await server.fetchBare('/metrics', { headers: bearer(`prs_${at}`) });
  for (const token of [server.token, other])
    expect((await server.fetchBare('/graphql?query={__typename}', { headers: bearer(token) })).status).toBe(200);
});

it('11.B an address is counted by whom it belongs to', () => {
  expect(
    ['127.0.0.1', '::ffff:192.0.2.7', '::1', 'fe80::1%eth0', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::9', undefined].map(
      networkOf,
    ),
  ).toEqual([
    '127.0.0.1',
    '192.0.2.7',
    '0:0:0:0::/64',
    'fe80:0:0:0::/64',
    '2001:db8:1:2::/64',
    '2001:db8:1:2::/64',
    '',
  ]);
});
