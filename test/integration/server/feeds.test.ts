import { expect, it } from 'vitest';
import { createTestClock } from '../../support/clock.ts';
import { openTestServer, ownerToken, type TestServer } from '../../support/server.ts';
import { openSocket } from '../../support/socket.ts';

const selection = 'cursor ... on PlatformStatusChangedEvent { platformStatus { message lastScan { id } } }';
const query = `subscription ($after: String) { events(after: $after) { ${selection} } }`;
/** What one such event takes: the event, its status, the look at the last scan. */
const eventPrice = 3;

const subscribe = (id: string, after?: string) => ({
  type: 'subscribe',
  id,
  payload: { query, ...(after && { variables: { after } }) },
});

async function follow(server: TestServer, after?: string) {
  const socket = await openSocket(server.port);
  await socket.init(ownerToken);
  socket.send(subscribe('1', after));
  return {
    ...socket,
    cursor: async (): Promise<string> => (await socket.next()).payload.data.events.cursor,
  };
}

const usedBy = async (server: TestServer): Promise<number> =>
  (await server.ask('{ rateLimit { used } }')).data.rateLimit.used;

it('19.K a subscription is charged for each event it delivers, and a point for opening it', async () => {
  // Points come back with time, so it stands still.
  await using server = await openTestServer({ clock: createTestClock() });
  const reader = await follow(server);
  await expect.poll(() => server.events.followers()).toBe(1);
  expect(await usedBy(server)).toBe(1);
  const written = server.announce(50);
  for (const { cursor } of written) expect(await reader.cursor()).toBe(cursor);
  await expect.poll(() => usedBy(server)).toBe(1 + 50 * eventPrice);
});

it('19.K the event stream is charged for each event it delivers too', async () => {
  await using server = await openTestServer({ clock: createTestClock() });
  const [start] = server.announce(1);
  const written = server.announce(20);
  const ending = new AbortController();
  const response = await server.fetch(`/events?after=${start?.cursor}`, { signal: ending.signal });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString('utf8');
    if (text.includes(`id: ${written.at(-1)?.cursor}\n`)) break;
  }
  ending.abort();
  await expect.poll(async () => (await usedBy(server)) % 20).toBe(0);
  expect(await usedBy(server)).toBeGreaterThanOrEqual(20);
});

it('19.K the same selection of several subscribers is worked out once for each event', async () => {
  let looked = 0;
  const latest = () => {
    looked += 1;
    return undefined;
  };
  await using server = await openTestServer({ services: { scanner: { latest, nextScanAt: () => undefined } } });
  const readers = await Promise.all([1, 2, 3, 4, 5].map(() => follow(server)));
  await expect.poll(() => server.events.followers()).toBe(5);
  const written = server.announce(10);
  for (const reader of readers) for (const { cursor } of written) expect(await reader.cursor()).toBe(cursor);
  expect(looked).toBe(10);
});

it('19.K a token with other scopes is not shown what was worked out for the owner', async () => {
  await using server = await openTestServer();
  const { secret } = server.access.createToken({ name: 'writes', scopes: ['WRITE'] });
  const owner = await follow(server);
  const other = await openSocket(server.port);
  await other.init(secret);
  other.send(subscribe('1'));
  expect((await other.next()).payload.errors[0].extensions.code).toBe('FORBIDDEN');
  const [event] = server.announce(1);
  expect(await owner.cursor()).toBe(event?.cursor);
});

it('19.K 11.2 a token without points gets its events later, in order, none left out, and the subscription goes on', async () => {
  const clock = createTestClock();
  await using server = await openTestServer({ clock, env: { PROSPECTOR_RATE_LIMIT: '10' } });
  const reader = await follow(server);
  await expect.poll(() => server.events.followers()).toBe(1);
  const written = server.announce(7).map(({ cursor }) => cursor);
  const seen: string[] = [];
  // 10 points, one for opening: three events leave nothing, the fourth is owed, the others wait.
  for (let at = 0; at < 4; at += 1) seen.push(await reader.cursor());
  await expect.poll(() => clock.pending()).toBeGreaterThan(0);
  expect(server.handedOut()).toBe(4);
  expect(await usedBy(server)).toBe(10);
  while (seen.length < written.length) {
    const next = reader.cursor();
    await clock.advance(20_000);
    seen.push(await next);
  }
  expect(seen).toEqual(written);
});

it('11.2 while one replays a long log over a WebSocket, others are answered, and it can be told to stop', async () => {
  await using server = await openTestServer();
  const [start] = server.announce(1);
  const written = server.announce(3_000);
  const reader = await follow(server, start?.cursor);
  expect(await reader.cursor()).toBe(written[0]?.cursor);
  expect((await server.fetchBare('/healthz')).status).toBe(200);
  expect(server.handedOut()).toBeLessThan(3_000);
  reader.send({ type: 'ping' });
  reader.send({ type: 'complete', id: '1' });
  await expect.poll(() => server.events.followers()).toBe(0);
  expect(server.handedOut()).toBeLessThan(3_000);
});

it('11.2 while one replays a long log as an event stream, others are answered, and it ends when its reader goes', async () => {
  await using server = await openTestServer();
  const [start] = server.announce(1);
  server.announce(3_000);
  const ending = new AbortController();
  const response = await server.fetch(`/events?after=${start?.cursor}`, { signal: ending.signal });
  expect(response.status).toBe(200);
  expect((await server.fetchBare('/healthz')).status).toBe(200);
  expect(server.handedOut()).toBeLessThan(3_000);
  ending.abort();
  await expect.poll(() => server.events.followers()).toBe(0);
  expect(server.handedOut()).toBeLessThan(3_000);
});
