import pino from 'pino';
import { expect, it } from 'vitest';
import { systemRandom } from '../../../../src/random.ts';
import { createLeases } from '../../../../src/services/database/leases.ts';
import { createSync } from '../../../../src/services/sync/create-sync.ts';
import { UpworkError } from '../../../../src/services/upwork/model.ts';
import { createTestClock } from '../../../support/clock.ts';
import { createTestDatabase } from '../../../support/database.ts';

const hour = 3_600_000;

function rig() {
  const clock = createTestClock();
  const db = createTestDatabase(clock);
  const calls: string[] = [];
  const logged: string[] = [];
  const state = { usable: true, failure: undefined as Error | undefined, due: 0 };
  const listeners: ((status: string, previous: string) => void)[] = [];
  const open = () =>
    createSync({
      db,
      clock,
      log: pino({ level: 'warn' }, { write: (line) => void logged.push(line) }),
      leases: createLeases(db, clock, systemRandom),
      connection: {
        isUsable: () => state.usable,
        status: () =>
          ({
            status: 'AUTH_EXPIRED',
            message: 'The authorization has died.',
            nextAction: { message: 'Reconnect.' },
          }) as never,
        check: async () => {
          calls.push('ACCOUNT');
          return { latencyMs: 1 };
        },
        onStatusChange: (listener) => {
          listeners.push(listener as never);
          return () => void listeners.splice(0);
        },
      },
      proposals: {
        sync: async () => {
          calls.push('PROPOSALS');
          if (state.failure) throw state.failure;
          return { seen: 0, unread: [], changed: 0 };
        },
      },
      contracts: {
        sync: async () => {
          calls.push('CONTRACTS');
          return { source: 'work_history', seen: 0, unread: [], changed: 0 };
        },
        announceDue: () => {
          state.due += 1;
          return 0;
        },
      },
      intervalMs: 4 * hour,
    });
  const syncedAt = () => db.sql.prepare("SELECT value FROM meta WHERE key = 'synced_at'").pluck().get();
  return { clock, calls, logged, state, listeners, open, syncedAt, [Symbol.dispose]: () => db[Symbol.dispose]() };
}

it('syncs at the start, then every interval, also over a restart, and looks at due dates each minute', async () => {
  using world = rig();
  const first = world.open();
  first.start();
  await world.clock.advance(hour);
  expect(world.calls).toEqual(['PROPOSALS', 'CONTRACTS']);
  expect(world.state.due).toBe(61);
  await first.close();
  const second = world.open();
  second.start();
  await world.clock.advance(2 * hour);
  expect(world.calls, 'the due time is in the database').toHaveLength(2);
  await world.clock.advance(hour + 60_000);
  expect(world.calls).toEqual(['PROPOSALS', 'CONTRACTS', 'PROPOSALS', 'CONTRACTS']);
  await second.close();
  expect(world.clock.pending()).toBe(0);
});

it('waits while nothing can be asked, says why to who asks, and syncs soon after somebody has connected', async () => {
  using world = rig();
  world.state.usable = false;
  const sync = world.open();
  sync.start();
  await world.clock.advance(hour);
  expect(world.calls).toEqual([]);
  expect(() => sync.begin(['PROPOSALS'])).toThrowError(
    expect.objectContaining({
      failures: [expect.objectContaining({ code: 'AUTH_EXPIRED', message: 'The authorization has died. Reconnect.' })],
    }),
  );
  world.state.usable = true;
  for (const listener of world.listeners) listener('CONNECTED', 'AUTH_EXPIRED');
  await world.clock.advance(60_000);
  expect(world.calls).toEqual(['PROPOSALS', 'CONTRACTS']);
  await sync.close();
});

it('runs one sync at a time among all processes, and names what it has begun', async () => {
  using world = rig();
  const [one, other] = [world.open(), world.open()];
  expect(one.begin(['CONTRACTS', 'ACCOUNT', 'CONTRACTS'])).toEqual(['CONTRACTS', 'ACCOUNT']);
  expect(one.begin(['PROPOSALS'])).toEqual([]);
  other.begin(['PROPOSALS']);
  await Promise.all([one.idle(), other.idle()]);
  expect(world.calls).toEqual(['CONTRACTS', 'ACCOUNT']);
  expect(one.contractSource()).toBe('work_history');
});

it('counts a sync as whole where a key may not read something, not where something went wrong, which is logged', async () => {
  using world = rig();
  const sync = world.open();
  world.state.failure = new UpworkError('unavailable', 'Upwork did not answer.');
  sync.begin(['PROPOSALS', 'CONTRACTS']);
  await sync.idle();
  expect(world.calls, 'the other part is read all the same').toEqual(['PROPOSALS', 'CONTRACTS']);
  expect([world.syncedAt(), world.logged.length]).toEqual([undefined, 1]);
  world.state.failure = new UpworkError('missing_scopes', 'A scope is missing.');
  sync.begin(['PROPOSALS', 'CONTRACTS']);
  await sync.idle();
  expect([world.syncedAt(), world.logged.length]).toEqual([String(world.clock.now().getTime()), 1]);
});
