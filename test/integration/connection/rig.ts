import { dirname, join } from 'node:path';
import pino from 'pino';
import { expect } from 'vitest';
import { systemRandom } from '../../../src/random.ts';
import { type Connection, type ConnectionDeps, createConnection } from '../../../src/services/connection/connection.ts';
import { createLeases } from '../../../src/services/database/leases.ts';
import type { Database } from '../../../src/services/database/model.ts';
import { openDatabase } from '../../../src/services/database/open.ts';
import { createEventLog } from '../../../src/services/events/log.ts';
import type { LoggedEvent } from '../../../src/services/events/model.ts';
import { openEmbeddedStore } from '../../../src/services/secrets/embedded/open-embedded-store.ts';
import type { SecretStore } from '../../../src/services/secrets/model.ts';
import type { UpworkClient } from '../../../src/services/upwork/model.ts';
import { createTestClock, type TestClock } from '../../support/clock.ts';
import { createTestDatabase } from '../../support/database.ts';
import { createPretendUpwork, credentials, type PretendUpwork, type Rotation } from './pretend-upwork.ts';

/** How a process differs from the usual one. */
export interface ProcessOptions {
  /** Puts something between the connection and the real secret store. */
  readonly secrets?: (store: SecretStore) => SecretStore;
  /** Puts something between the connection and the real database. */
  readonly database?: (db: Database) => Database;
  readonly deps?: Partial<ConnectionDeps>;
  readonly settings?: Partial<ConnectionDeps['settings']>;
}

/** A connection as one process has it. */
export interface Process {
  readonly connection: Connection;
  readonly client: UpworkClient;
  readonly secrets: SecretStore;
  readonly db: Database;
  throttledUntil: Date | undefined;
}

/** One database file and key file, an Upwork in memory, a clock that stands still, and as many processes as wanted. */
/** @param options `hasty`: commits are not flushed to the disk, for long simulated times */
export async function startRig(options: { rotation?: Rotation; clock?: TestClock; hasty?: boolean } = {}) {
  const clock = options.clock ?? createTestClock();
  const upwork = createPretendUpwork(clock, options.rotation);
  const file = createTestDatabase(clock);
  const opened: Process[] = [];
  const rig = {
    clock,
    upwork,
    db: file as Database,
    start: async (more: ProcessOptions = {}): Promise<Process> => {
      const process = await openProcess(file.path, clock, upwork, more);
      if (options.hasty) process.db.sql.pragma('synchronous = OFF');
      opened.push(process);
      await process.connection.start();
      await clock.advance(0);
      return process;
    },
    /** A process that has connected, and the end of its flow. */
    connected: async (more: ProcessOptions = {}): Promise<Process> => {
      const process = await rig.start(more);
      await connect(process);
      expect(process.connection.status().status).toBe('CONNECTED');
      return process;
    },
    events: (): LoggedEvent[] => createEventLog({ db: file, clock, random: systemRandom }).read({ limit: 10_000 }),
    /** The events as one line each. */
    told: (): string[] =>
      rig.events().map((event) => {
        if (event.type === 'PLATFORM_STATUS_CHANGED') return `${event.previous} → ${event.status.status}`;
        if (event.type === 'CONNECTION_FLOW_UPDATED') return `flow ${event.status}`;
        return event.type === 'AUTH_EXPIRED' ? `AUTH_EXPIRED ${event.reason}` : event.type;
      }),
    [Symbol.asyncDispose]: async () => {
      for (const { connection, db } of opened) {
        const closed = connection.close();
        await clock.advance(10_000);
        await closed;
        db.close();
      }
      file[Symbol.dispose]();
    },
  };
  return rig;
}

export type Rig = Awaited<ReturnType<typeof startRig>>;

/** Asks for a connection with `credentials`. */
export const connectInput = { credentials, force: false, allowAccountChange: false };

/** Opens a flow and brings back what Upwork would. */
export async function connect({ connection }: Process, input: Partial<typeof connectInput> = {}) {
  const { state } = await connection.connect({ ...connectInput, ...input });
  return connection.complete(new URLSearchParams({ code: 'a-code', state }));
}

async function openProcess(
  path: string,
  clock: TestClock,
  upwork: PretendUpwork,
  more: ProcessOptions,
): Promise<Process> {
  const raw = openDatabase({ path, clock, random: systemRandom });
  const db = more.database?.(raw) ?? raw;
  const store = await openEmbeddedStore({
    db: raw.sql,
    random: systemRandom,
    keyFile: join(dirname(path), 'key'),
  });
  const secrets = more.secrets?.(store) ?? store;
  const process: { throttledUntil: Date | undefined } = { throttledUntil: undefined };
  const connection: Connection = createConnection({
    db,
    clock,
    random: systemRandom,
    log: pino({ level: 'silent' }),
    events: createEventLog({ db, clock, random: systemRandom }),
    secrets,
    leases: createLeases(db, clock, systemRandom),
    throttled: () => process.throttledUntil && { until: process.throttledUntil, by: 'UPWORK' },
    oauth: upwork.oauth,
    clientWith: upwork.clientWith,
    client: () => client,
    purgePlatformData: () => 3,
    ...more.deps,
    settings: {
      redirectUri: () => 'http://localhost:4000/oauth/upwork/callback',
      publicUrl: () => 'http://localhost:4000',
      ...more.settings,
    },
  });
  const client = upwork.clientWith(connection.tokens);
  return Object.assign(process, { connection, client, secrets, db });
}
