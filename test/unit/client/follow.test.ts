import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createProspectorClient } from '../../../src/client/client.ts';
import { NoServerError } from '../../../src/client/errors.ts';
import { documentIdOf } from '../../../src/client/operations/document.ts';
import { followEvents } from '../../../src/client/operations/operations.ts';
import { type Feed, startScriptedServer } from './scripted-server.ts';

const clientOf = (url: string) =>
  createProspectorClient({ url, token: 'prs_test', fetch, WebSocket, sleep: () => Promise.resolve() });
const event = (number: number) => ({ events: { id: `event_${number}`, cursor: `c${number}` } });
const failure = (error: Promise<unknown>) => error.catch((thrown: unknown) => thrown);

async function take(events: AsyncIterable<{ id: string }>, count: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of events) {
    ids.push(id);
    if (ids.length === count) break;
  }
  return ids;
}

/** Each entry plays one subscription of a script, in turn. */
const inTurn =
  (...plays: ((feed: Feed) => void)[]) =>
  (_arrived: unknown, feed: Feed) =>
    plays[feed.attempt]?.(feed);

describe("Prospector's client follows", () => {
  it.each([
    ['is cut', (feed: Feed) => feed.close()],
    ['ends normally', (feed: Feed) => feed.close(1000)],
    ['is closed because of load', (feed: Feed) => feed.close(1013)],
    ['is completed by a server that stops', (feed: Feed) => feed.complete()],
    [
      'fell behind',
      (feed: Feed) => feed.errors([{ message: 'x', extensions: { code: 'CURSOR_LAGGED', cursor: 'c2' } }]),
    ],
  ])('without gap or double when the connection %s', async (_how, interrupt) => {
    await using server = await startScriptedServer({
      subscribe: inTurn(
        (feed) => {
          feed.next(event(1));
          feed.next(event(2));
          interrupt(feed);
        },
        (feed) => {
          feed.next(event(2));
          feed.next(event(3));
        },
      ),
    });
    let interruptions = 0;
    const events = clientOf(server.url).follow(
      followEvents,
      { types: ['JOB_POSTED'] },
      {
        after: 'c0',
        onInterruption: () => {
          interruptions += 1;
        },
      },
    );
    expect(await take(events, 3)).toEqual(['event_1', 'event_2', 'event_3']);
    expect(interruptions).toBe(1);
    expect(server.arrived.map(({ body }) => body.variables)).toEqual([
      { types: ['JOB_POSTED'], after: 'c0' },
      { types: ['JOB_POSTED'], after: 'c2' },
    ]);
    expect(server.arrived.map(({ token }) => token)).toEqual(['Bearer prs_test', 'Bearer prs_test']);
    await expect.poll(server.sockets).toBe(0);
  });

  it('by documentId where the server takes known documents only', async () => {
    await using server = await startScriptedServer({
      subscribe: inTurn(
        (feed) => feed.errors([{ message: 'No.', extensions: { code: 'PERSISTED_DOCUMENT_REQUIRED' } }]),
        (feed) => feed.next(event(1)),
      ),
    });
    expect(await take(clientOf(server.url).follow(followEvents, {}), 1)).toEqual(['event_1']);
    expect(server.arrived[1]?.body).toMatchObject({ documentId: await documentIdOf(followEvents), variables: {} });
  });

  it('and gives up where trying again would not help', async () => {
    const expired = [{ message: 'Too old.', extensions: { code: 'CURSOR_EXPIRED', oldestCursor: 'c7' } }];
    await using server = await startScriptedServer({
      subscribe: inTurn(
        (feed) => feed.refuse(expired),
        (feed) => feed.close(4401),
        (feed) => feed.close(4400),
      ),
    });
    const next = () => failure(clientOf(server.url).follow(followEvents, {}).next());
    expect(await next()).toMatchObject({ code: 'CURSOR_EXPIRED', extensions: { oldestCursor: 'c7' } });
    expect(await next()).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await next()).toMatchObject({ code: 'UNEXPECTED_ANSWER' });
    expect(server.arrived).toHaveLength(3);
  });

  it('over a restart, while nobody knows where the server will be', async () => {
    await using before = await startScriptedServer({ subscribe: (_arrived, feed) => feed.next(event(1)) });
    await using afterwards = await startScriptedServer({ subscribe: (_arrived, feed) => feed.next(event(2)) });
    const known = [before.url, undefined, undefined, afterwards.url];
    const client = createProspectorClient({
      url: () => {
        const url = known.shift();
        if (url === undefined) throw new NoServerError('');
        return url;
      },
      fetch,
      WebSocket,
      sleep: () => Promise.resolve(),
    });
    const events = client.follow(followEvents, {});
    expect(await events.next()).toMatchObject({ value: { id: 'event_1' } });
    await before[Symbol.asyncDispose]();
    expect(await events.next()).toMatchObject({ value: { id: 'event_2' } });
    await events.return?.();
    expect(afterwards.arrived[0]?.body.variables).toEqual({ after: 'c1' });
  });

  it('and says that nobody answers when there was no connection yet', async () => {
    expect(await failure(clientOf('http://127.0.0.1:1').follow(followEvents, {}).next())).toBeInstanceOf(NoServerError);
  });

  it('until told to stop, at once, also while waiting', async () => {
    await using server = await startScriptedServer({ subscribe: () => {} });
    const stopping = new AbortController();
    const aborted = clientOf(server.url).follow(followEvents, {}, { signal: stopping.signal });
    const returned = clientOf(server.url).follow(followEvents, {});
    const waiting = [aborted.next(), returned.next()];
    await expect.poll(() => server.arrived.length).toBe(2);
    stopping.abort();
    await returned.return?.();
    expect(await Promise.all(waiting)).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
    await expect.poll(server.sockets).toBe(0);
  });
});
