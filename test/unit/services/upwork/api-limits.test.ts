import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import pino from 'pino';
import { expect, it } from 'vitest';
import { type Fetch, systemFetch } from '../../../../src/network.ts';
import { createUpworkApi } from '../../../../src/services/upwork/transport/api.ts';
import { createTestClock } from '../../../support/clock.ts';
import { keepLosses } from '../../../support/losses.ts';

const operation = { name: 'Ask', document: 'query Ask { user { id } }', kind: 'query' } as const;
const mutation = { name: 'Change', document: 'mutation Change { x }', kind: 'mutation' } as const;
const answer = '{"data":{"user":{"id":"1"}}}';
const secret = 'oauth2v2_verysecrettoken';

function rig(fetch: Fetch, graphqlUrl = 'https://upwork.test/graphql') {
  const clock = createTestClock();
  const lines: string[] = [];
  const api = createUpworkApi({
    fetch,
    clock,
    random: { fraction: () => 0.5 },
    log: pino({ level: 'trace' }, { write: (line) => void lines.push(line) }),
    graphqlUrl,
    tokens: {
      token: async () => ({ value: secret, expiresAt: new Date('2100-01-01') }),
      replace: async () => ({ value: secret, expiresAt: new Date('2100-01-01') }),
    },
    budget: { take: async () => undefined, throttled: () => clock.now(), eased: () => undefined },
    observer: { answered: () => undefined, failed: () => undefined },
    losses: keepLosses(),
    userAgent: 'prospector-test',
  });
  const ask = (signal?: AbortSignal) =>
    api
      .request(mutation, {}, { purpose: 'SCAN', ...(signal && { signal }) })
      .then(({ data }) => data)
      .catch(({ code, message }) => ({ code, message }));
  return { clock, api, ask, lines };
}

/** An answer whose body is written by `write`, a piece at a time. */
function dripping(write: (push: (text: string) => void) => void, signal: AbortSignal | null | undefined): Response {
  const body = new ReadableStream({
    start: (stream) => {
      signal?.addEventListener('abort', () => stream.error(new DOMException('aborted', 'AbortError')));
      write((text) => stream.enqueue(new TextEncoder().encode(text)));
    },
  });
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}

async function withServer(listener: RequestListener, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it('Prospector waits 15 s for headers, 15 s between pieces of a body, and 60 s for the whole (F94)', async () => {
  const silent = rig(() => new Promise(() => undefined));
  const noHeaders = silent.ask();
  await silent.clock.advance(15_000);
  expect(await noHeaders).toMatchObject({ code: 'timeout' });
  expect(silent.clock.pending()).toBe(0);

  const stalled = rig(async (_url, init) => dripping((push) => push('{"data":'), init?.signal));
  const noBody = stalled.ask();
  await stalled.clock.advance(14_999);
  await stalled.clock.advance(1);
  expect(await noBody).toMatchObject({ code: 'timeout' });

  let push: (text: string) => void = () => undefined;
  const slow = rig(async (_url, init) =>
    dripping((given) => {
      push = given;
    }, init?.signal),
  );
  const drip = slow.ask();
  for (let second = 0; second < 60; second += 10) {
    await slow.clock.advance(10_000);
    if (second < 50) push(' ');
  }
  expect(await drip).toMatchObject({ code: 'timeout' });
  expect(slow.clock.pending()).toBe(0);
});

it('Prospector reads no more than 10 MB of an answer, however small it was packed (F95)', async () => {
  const bomb = gzipSync(Buffer.alloc(200_000_000, ' '));
  await withServer(
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(bomb);
    },
    async (url) => {
      expect(await rig(systemFetch, url).ask()).toEqual({
        code: 'unexpected_response',
        message: 'Upwork sent more than 10 MB, which was not read to its end.',
      });
    },
  );
});

it('Prospector survives a body that cannot be unpacked, and reads one in another charset', async () => {
  await withServer(
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end('this is no gzip');
    },
    async (url) => {
      expect(await rig(systemFetch, url).ask()).toMatchObject({ code: 'unexpected_response' });
    },
  );
  const latin = Buffer.from('{"data":{"name":"Köln"}}', 'latin1');
  const headers = { 'content-type': 'application/json; charset=ISO-8859-1' };
  expect(await rig(async () => new Response(latin, { headers })).ask()).toEqual({ name: 'Köln' });
  const unknown = { 'content-type': 'application/json; charset=klingon' };
  expect(await rig(async () => new Response(answer, { headers: unknown })).ask()).toEqual({ user: { id: '1' } });
});

const strange: [name: string, body: string, code: string][] = [
  ['nothing', '', 'unexpected_response'],
  ['a list', '[1]', 'unexpected_response'],
  ['a number', '7', 'unexpected_response'],
  ['null', 'null', 'unexpected_response'],
  ['no data', '{}', 'unexpected_response'],
  ['null data', '{"data":null}', 'unexpected_response'],
  ['a list as data', '{"data":[]}', 'unexpected_response'],
  ['nesting 10,000 deep', `{"data":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`, 'unexpected_response'],
  [
    'errors of another shape',
    '{"data":null,"errors":[null,7,{"message":{}},{"message":"x","path":"y"}]}',
    'unexpected_response',
  ],
  ['errors that say the account is on hold', '{"errors":[{"message":"Your account is on hold"}]}', 'restricted'],
  ['token wording', '{"errors":[{"message":"Access token expired"}]}', 'unauthorized'],
  ['limits in words', '{"errors":[{"message":"Too many requests"}]}', 'rate_limited'],
];

it.each(strange)(
  'Prospector takes an answer of %s for a failure, never for an empty success (F96, F106)',
  async (_name, body, code) => {
    const headers = { 'content-type': 'application/json' };
    expect(await rig(async () => new Response(body, { headers })).ask()).toMatchObject({ code });
  },
);

it('Prospector keeps hostile text of an error on one line, and secrets out of errors and logs', async () => {
  const leak = { message: `line\nforged \u001b[31m ${secret} ${'x'.repeat(5_000)}` };
  const world = rig(async () => new Response(JSON.stringify({ data: null, errors: [leak] })));
  const { message } = (await world.ask()) as { message: string };
  expect(message).toContain('line forged [31m [secret]');
  expect(message.length).toBeLessThan(1_000);
  const broken = rig(() => Promise.reject(new TypeError(`Bearer ${secret} is an invalid header value`)));
  expect(await broken.ask()).toEqual({
    code: 'network',
    message: 'The connection to Upwork broke off. Check the network.',
  });
  expect([...world.lines, ...broken.lines].join('')).not.toContain(secret);
  expect(world.lines.length + broken.lines.length).toBeGreaterThan(0);
});

it('Prospector waits longer before each retry, and stops waiting when the caller gives up', async () => {
  let asked = 0;
  const world = rig(async () => {
    asked += 1;
    return new Response('', { status: 503 });
  });
  const stop = new AbortController();
  const call = world.api
    .request(operation, {}, { purpose: 'SCAN', signal: stop.signal })
    .catch(({ code }: { code: string }) => code);
  await world.clock.advance(999);
  expect(asked).toBe(1);
  await world.clock.advance(1);
  expect(asked).toBe(2);
  await world.clock.advance(1_999);
  expect(asked).toBe(2);
  stop.abort();
  expect(await call).toBe('cancelled');
  await world.clock.advance(60_000);
  expect(asked).toBe(2);
});
