import { expect, it } from 'vitest';
import { createTestClock } from '../../support/clock.ts';
import { readEvents } from '../../support/event-source.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

const open = async (server: TestServer, path = '/events', headers: Record<string, string> = {}) => {
  const response = await server.fetch(path, { headers });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  return readEvents(response);
};

it('Prospector streams each event with its cursor as id, its type in snake case, and its subject with scalar fields', async () => {
  await using server = await openTestServer();
  const stream = await open(server);
  const [written] = server.announce();
  expect(await stream.next()).toEqual({
    id: written?.cursor,
    event: 'platform_status_changed',
    data: {
      id: written?.id,
      type: 'PLATFORM_STATUS_CHANGED',
      cursor: written?.cursor,
      occurredAt: written?.occurredAt.toISOString(),
      previous: 'CONNECTING',
      replayed: false,
      platformStatus: expect.objectContaining({
        id: 'platform_upwork',
        platform: 'UPWORK',
        status: 'CONNECTED',
        message: 'Connected.',
      }),
    },
  });
  await stream.end();
  await expect.poll(() => server.events.followers()).toBe(0);
});

it('Prospector resumes behind Last-Event-ID, else behind ?after=, and replays nothing without either', async () => {
  await using server = await openTestServer();
  const [first, second, third] = server.announce(3);
  const after = await open(server, `/events?after=${first?.cursor}`);
  expect([(await after.next())?.id, (await after.next())?.id]).toEqual([second?.cursor, third?.cursor]);
  const reconnected = await open(server, `/events?after=${first?.cursor}`, { 'last-event-id': second?.cursor ?? '' });
  expect(await reconnected.next()).toMatchObject({ id: third?.cursor, data: { replayed: true } });
  const fresh = await open(server);
  const [fourth] = server.announce();
  for (const stream of [after, reconnected, fresh]) {
    expect((await stream.next())?.id).toBe(fourth?.cursor);
    await stream.end();
  }
});

it('Prospector streams only the types that are asked for, in either spelling, and refuses what is no type', async () => {
  await using server = await openTestServer();
  const [start] = server.announce();
  const query = `after=${start?.cursor}`;
  const other = await open(server, `/events?types=job_posted,auth_expired&${query}`);
  const wanted = await open(server, `/events?types=PLATFORM_STATUS_CHANGED&types=job_posted&${query}`);
  const [event] = server.announce();
  expect((await wanted.next())?.id).toBe(event?.cursor);
  await wanted.end();
  await server.close();
  expect(await other.next()).toBeUndefined();

  await using another = await openTestServer();
  const refused = await another.fetch('/events?types=job_posted,nonsense');
  expect(refused.status).toBe(400);
  expect(await refused.json()).toEqual({
    errors: [
      {
        message: expect.stringContaining('job_posted, job_updated'),
        extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) },
      },
    ],
  });
});

it('Prospector answers a cursor it refuses before the stream starts: 410 with where to begin when too old, 400 when not ours', async () => {
  const clock = createTestClock();
  await using server = await openTestServer({ clock, limits: { subscriptionsPerToken: 2 } });
  const [old] = server.announce(2);
  clock.jump(8 * 24 * 60 * 60 * 1_000);
  server.announce();
  server.events.trim();
  const expired = await server.fetch('/events', { headers: { 'last-event-id': old?.cursor ?? '' } });
  const answer = (await expired.json()) as { errors: { extensions: { oldestCursor: string } }[] };
  expect([expired.status, answer]).toEqual([
    410,
    {
      errors: [
        {
          message: expect.any(String),
          extensions: {
            code: 'CURSOR_EXPIRED',
            oldestCursor: expect.any(String),
            requestId: expired.headers.get('x-request-id'),
          },
        },
      ],
    },
  ]);
  const resumed = await open(server, `/events?after=${answer.errors[0]?.extensions.oldestCursor}`);
  expect((await resumed.next())?.data.replayed).toBe(true);
  await resumed.end();
  for (const cursor of ['nonsense', '0123456789abcdef-1', `${old?.cursor.split('-')[0]}-99`]) {
    const refused = await server.fetch(`/events?after=${cursor}`);
    expect([cursor, refused.status]).toEqual([cursor, 400]);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  }
  await expect.poll(() => server.events.followers()).toBe(0);
});

it('Prospector says every 15 s that a quiet stream is alive', async () => {
  const clock = createTestClock();
  await using server = await openTestServer({ clock });
  const stream = await open(server);
  await expect.poll(() => server.events.followers()).toBe(1);
  await clock.advance(15_000);
  await clock.advance(15_000);
  server.announce();
  await stream.next();
  expect(stream.comments()).toBe(3);
  await stream.end();
});

it('Prospector streams nothing to a token without the scope READ', async () => {
  await using server = await openTestServer();
  const { secret } = server.access.createToken({ name: 'narrow', scopes: ['CONNECT'] });
  const refused = await server.fetch('/events', { headers: { authorization: `Bearer ${secret}` } });
  expect([refused.status, await refused.json()]).toMatchObject([
    403,
    { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
  ]);
});

it('Prospector streams to a page of its own by its session', async () => {
  await using server = await openTestServer();
  const cookie = await server.logIn();
  const response = await server.fetchBare('/events', { headers: { cookie } });
  expect(response.status).toBe(200);
  const stream = readEvents(response);
  server.announce();
  expect((await stream.next())?.event).toBe('platform_status_changed');
  await stream.end();
});

it('Prospector goes on after an event whose subject cannot be read, and logs why', async () => {
  let broken = true;
  const status = () => {
    if (broken) throw new Error('the status cannot be read');
    return { id: 'platform_upwork', scopes: [], capabilities: [] };
  };
  await using server = await openTestServer({
    services: { connection: { status, redirectUri: () => 'http://localhost/oauth/upwork/callback' } },
  });
  const stream = await open(server);
  server.announce();
  await expect.poll(() => server.lines.join('')).toContain('the status cannot be read');
  broken = false;
  const followed = await server.fetch('/events');
  const again = readEvents(followed);
  const [good] = server.announce();
  expect((await again.next())?.id).toBe(good?.cursor);
  await again.end();
  await stream.end();
});
