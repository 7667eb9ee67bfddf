import { afterAll, beforeAll, expect, it } from 'vitest';
import { startConnectedServer } from '../../support/built-server.ts';
import { openSocket } from '../../support/socket.ts';

type Server = Awaited<ReturnType<typeof startConnectedServer>>;

const searches = 12;
const jobs = 300;
/** Lists within lists, for each event. */
const nested = 'job { title matchedSearches { name unseenCount } } matchedSearches { name unseenCount }';
const replay = `subscription ($after: String) { events(after: $after) { cursor ... on JobPostedEvent { ${nested} } } }`;
const live = `subscription { jobPosted { ${nested} } }`;

let server: Server;
/** Before the events of the jobs, and the last of them. */
let start: string;
let end: string;

const latest = async (): Promise<string> =>
  (await server.data('{ system { latestEventCursor } }')).system.latestEventCursor;
const used = async (): Promise<number> => (await server.data('{ rateLimit { used } }')).rateLimit.used;
const post = (count: number) => {
  for (let at = 0; at < count; at += 1) server.sandbox.control.post({ questions: [], jobType: 'HOURLY' });
};

beforeAll(async () => {
  server = await startConnectedServer();
  for (let at = 0; at < searches; at += 1)
    await server.data(
      'mutation ($input: CreateSavedSearchInput!) { createSavedSearch(input: $input) { errors { code } } }',
      {
        input: { name: `Search ${at}`, criteria: {} },
      },
    );
  start = await latest();
  for (let at = 0; at < jobs; at += 40) {
    post(40);
    await server.runScan();
    await server.scanned();
  }
  end = await latest();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose]());

async function follow(query: string, after?: string) {
  const socket = await openSocket(server.port);
  await socket.init(server.token);
  socket.send({ type: 'subscribe', id: '1', payload: { query, ...(after && { variables: { after } }) } });
  return socket;
}

it('11.2 a replay over a WebSocket with nested lists answers others and its own ping before its end, and is charged as it goes', async () => {
  const reader = await follow(replay, start);
  const order: string[] = [];
  let asked: Promise<unknown> | undefined;
  let charged = 0;
  for (;;) {
    const { type, payload } = await reader.next();
    expect([payload?.errors, ['next', 'pong'].includes(type)]).toEqual([undefined, true]);
    if (type === 'pong') order.push('pong');
    else order.push(payload.data.events.cursor);
    if (order.length === 1) {
      reader.send({ type: 'ping' });
      asked = Promise.all([
        fetch(`${server.url}/healthz`).then(({ status }) => order.push(`healthz ${status}`)),
        used().then((points) => {
          charged = points;
          order.push('used');
        }),
      ]);
    }
    if (order.at(-1) === end) break;
  }
  await asked;
  expect(order).toEqual(expect.arrayContaining(['pong', 'healthz 200', 'used']));
  for (const answer of ['pong', 'healthz 200', 'used'])
    expect([answer, order.indexOf(answer) < order.length / 2]).toEqual([answer, true]);
  expect(await used()).toBeGreaterThan(charged);
  const cursors = order.filter((entry) => !['pong', 'healthz 200', 'used'].includes(entry));
  expect(cursors.length).toBeGreaterThan(jobs);
  expect(cursors).toEqual([...new Set(cursors)]);
  reader.socket.terminate();
}, 60_000);

it('11.2 a replay over a WebSocket is ended by its own complete', async () => {
  const reader = await follow(replay, start);
  await reader.next();
  reader.send({ type: 'complete', id: '1' });
  reader.send({ type: 'ping' });
  let events = 0;
  for (;;) {
    const { type } = await reader.next();
    if (type === 'pong') break;
    events += 1;
  }
  expect(events).toBeLessThan(jobs / 2);
  // Nothing comes any more: the next message is the answer to the next ping.
  reader.send({ type: 'ping' });
  expect(await reader.next()).toEqual({ type: 'pong' });
  reader.socket.terminate();
}, 60_000);

it.each([
  ['event stream', (after: string) => `/events?after=${after}`],
  [
    'GraphQL as an event stream',
    (after: string) => `/graphql?${new URLSearchParams({ query: replay, variables: JSON.stringify({ after }) })}`,
  ],
])(
  '11.2 a replay as %s answers others before its end',
  async (_what, path) => {
    const ending = new AbortController();
    const response = await fetch(`${server.url}${path(start)}`, {
      headers: { authorization: `Bearer ${server.token}`, accept: 'text/event-stream' },
      signal: ending.signal,
    });
    expect(response.status).toBe(200);
    let text = '';
    let answeredAt = Number.POSITIVE_INFINITY;
    let asked: Promise<unknown> | undefined;
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString('utf8');
      asked ??= fetch(`${server.url}/healthz`).then(() => {
        answeredAt = text.length;
      });
      if (text.includes(end)) break;
    }
    await asked;
    ending.abort();
    expect(answeredAt).toBeLessThan(text.length);
  },
  60_000,
);

it('19.K five subscriptions with nested lists and ten new jobs hold nobody up', async () => {
  const readers = await Promise.all([1, 2, 3, 4, 5].map(() => follow(live)));
  post(10);
  const first = Promise.race(readers.map((reader) => reader.next()));
  const before = await used();
  await server.runScan();
  await first;
  const answer = fetch(`${server.url}/healthz`).then(() => 'others');
  const delivered = Promise.all(
    readers.map(async (reader) => {
      const seen = [];
      while (seen.length < 9) {
        const { type, payload } = await reader.next();
        expect([type, payload.errors]).toEqual(['next', undefined]);
        seen.push(payload.data.jobPosted.job.title);
      }
      return seen;
    }),
  ).then(() => 'all events');
  expect(await Promise.race([answer, delivered])).toBe('others');
  await delivered;
  expect(await used()).toBeGreaterThan(before + 50);
  for (const { socket } of readers) socket.terminate();
}, 60_000);
