import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { startSandbox } from '../../../sandbox/start.ts';
import { systemClock } from '../../../src/clock.ts';
import { createTestClock } from '../../support/clock.ts';
import { createTestDatabase } from '../../support/database.ts';
import { openWholeConnection, type Whereabouts } from './whole-connection.ts';

const minute = 60_000;

/** A sandbox, a database, and a connection made by a process that has ended since. Its access token is over, for everybody who reads it. */
async function startWorld(rotation: 'tail' | 'strict') {
  const sandbox = await startSandbox({ backlog: 0, postingsPerMinute: 0, autoApprove: true });
  sandbox.control.set({ rotation });
  const file = createTestDatabase();
  const { authorizeUrl, tokenUrl, graphqlUrl, clientId, clientSecret } = sandbox;
  const where = { database: file.path, keyFile: join(dirname(file.path), 'key'), authorizeUrl, tokenUrl, graphqlUrl };
  const world = {
    sandbox,
    where,
    refreshes: () => sandbox.control.counters()['token.refresh_token'] ?? 0,
    [Symbol.asyncDispose]: async () => {
      await sandbox.close();
      file[Symbol.dispose]();
    },
  };
  await using first = await openWholeConnection(where, systemClock);
  const asked = { credentials: { clientId, clientSecret }, force: false, allowAccountChange: false };
  const { authorizationUrl } = await first.connection.connect(asked);
  const redirect = await fetch(authorizationUrl, { redirect: 'manual' });
  const { flow } = await first.connection.complete(new URL(redirect.headers.get('location') ?? '').searchParams);
  expect(flow?.status).toBe('COMPLETED');
  const tokens = await first.secrets.read('upwork/tokens');
  const old = { ...tokens?.data, obtainedAt: Date.now() - 24 * 60 * minute };
  await first.secrets.write('upwork/tokens', old, tokens?.version ?? 0);
  sandbox.control.expireAccessTokens();
  return world;
}

/** A process of its own on the same files. Killed at the end. */
function startProcess(where: Whereabouts) {
  const program = fileURLToPath(new URL('child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, JSON.stringify(where)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const kill = () => {
    child.kill('SIGKILL');
    return ended;
  };
  return {
    line: async () => String((await lines.next()).value),
    ask: () => void child.stdin.write('token\n'),
    kill,
    [Symbol.asyncDispose]: kill,
  };
}

it('sends one request for three processes that find the token expired at once (F8)', async () => {
  await using world = await startWorld('strict');
  await using one = startProcess(world.where);
  await using two = startProcess(world.where);
  await using three = startProcess(world.where);
  const processes = [one, two, three];
  expect(await Promise.all(processes.map(({ line }) => line()))).toEqual(['ready', 'ready', 'ready']);
  world.sandbox.control.fail({ target: 'token', kind: 'slow', delayMs: 300 });
  for (const { ask } of processes) ask();
  const tokens = new Set(await Promise.all(processes.map(({ line }) => line())));
  expect([...tokens]).toEqual([expect.stringMatching(/^token oauth2v2_/)]);
  expect(world.refreshes()).toBe(1);
});

it.each(['tail', 'strict'] as const)(
  'is killed (SIGKILL) between request and answer, and the next process settles it (rotation: %s)',
  async (rotation) => {
    await using world = await startWorld(rotation);
    await using victim = startProcess(world.where);
    expect(await victim.line()).toBe('ready');
    world.sandbox.control.fail({ target: 'token', kind: 'slow', delayMs: 300 });
    victim.ask();
    await expect.poll(world.refreshes).toBe(1);
    await victim.kill();
    const answered = () => world.sandbox.control.journal().at(-1)?.status;
    await expect.poll(answered, { message: 'the token is spent, and nobody is there to hear it' }).toBe(200);
    // By then the lease of the dead process has run out.
    const later = createTestClock(new Date(Date.now() + 2 * minute));
    await using next = await openWholeConnection(world.where, later);
    await expect.poll(world.refreshes, { message: 'the stored token is tried once' }).toBe(2);
    const told = () => next.events.read({ limit: 100 }).filter(({ type }) => type === 'AUTH_EXPIRED');
    if (rotation === 'strict') {
      await expect.poll(() => next.connection.status().status).toBe('AUTH_EXPIRED');
      expect(told()).toEqual([expect.objectContaining({ reason: 'OUTCOME_UNKNOWN' })]);
    } else {
      expect((await next.client.identity()).userName).toBe('janefreelancer');
      expect(next.connection.status().status).toBe('CONNECTED');
      expect(told()).toEqual([]);
    }
    expect(world.refreshes()).toBe(2);
  },
);
