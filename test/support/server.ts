import pino from 'pino';
import { type Clock, systemClock } from '../../src/clock.ts';
import { loadConfiguration } from '../../src/config.ts';
import { systemRandom } from '../../src/random.ts';
import * as api from '../../src/resolvers/index.ts';
import { openHttpServer } from '../../src/server/http/open-http-server.ts';
import type { Limits } from '../../src/server/limits.ts';
import type { Api } from '../../src/server/options.ts';
import { createAccess } from '../../src/services/access/access.ts';
import type { PlatformStatus } from '../../src/services/connection/model.ts';
import { createEventLog } from '../../src/services/events/log.ts';
import type { EventLog } from '../../src/services/events/model.ts';
import type { Services } from '../../src/services/model.ts';
import { createTestDatabase } from './database.ts';

/** The owner's token of every test server. */
export const ownerToken = `prs_${'o'.repeat(43)}`;

const status: PlatformStatus = {
  id: 'platform_upwork',
  status: 'CONNECTED',
  message: 'Connected.',
  statusChangedAt: new Date('2026-10-01T12:00:00.000Z'),
  scopes: [],
  capabilities: [],
  nextAction: { kind: 'NONE', message: 'Nothing to do.' },
};

/** What a test may ask of a server. */
export interface TestServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly limits?: Partial<Limits>;
  readonly documents?: ReadonlyMap<string, string>;
  /** Parts of what the server knows of the schema, instead of the real ones. */
  readonly api?: Partial<Api>;
  /** Services instead of the ones that are there: each a part of it, methods a test calls for. */
  readonly services?: { readonly [Name in keyof Services]?: object };
}

/**
 * The HTTP server on a real socket, with the real schema, access control, event log and database. Other services are as small as they can be, or the
 * test's. Ends with `await using`.
 */
export async function openTestServer(options: TestServerOptions = {}) {
  const clock = options.clock ?? systemClock;
  const db = createTestDatabase(clock);
  const access = createAccess({ db, clock, random: systemRandom, ownerToken });
  const events = createEventLog({ db, clock, random: systemRandom });
  const lines: string[] = [];
  let handedOut = 0;
  const counted: EventLog = {
    ...events,
    follow: (wanted) => {
      const source = events.follow(wanted);
      const next = async () => {
        const step = await source.next();
        if (!step.done) handedOut += 1;
        return step;
      };
      return Object.assign(Object.create(source), {
        next,
        return: () => source.return?.(),
        [Symbol.asyncIterator]: () => source,
      });
    },
  };
  const services = {
    audit: { recordDone: () => {} },
    access,
    events: counted,
    connection: {
      status: () => status,
      flow: () => undefined,
      redirectUri: () => 'http://localhost/oauth/upwork/callback',
    },
    system: {
      version: '0.0.0',
      startedAt: clock.now(),
      retentionMs: 86_400_000,
      checks: async () => [],
      isReady: async () => true,
      dataVersion: db.dataVersion,
    },
    scanner: { latest: () => undefined, nextScanAt: () => undefined },
    budget: { state: () => ({ remainingToday: 500 }) },
    ...options.services,
  } as unknown as Services;
  const server = await openHttpServer({
    api: { ...api, ...options.api },
    services,
    configuration: loadConfiguration({ PROSPECTOR_HOME: db.path, PROSPECTOR_PORT: '0', ...options.env }),
    documents: options.documents ?? new Map(),
    clock,
    random: systemRandom,
    log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
    ...(options.limits && { limits: options.limits }),
  });
  const origin = `http://localhost:${server.port}`;
  const bearer = { authorization: `Bearer ${ownerToken}` };
  return {
    ...server,
    access,
    events,
    /** Events that followers have taken from the log so far. */
    handedOut: () => handedOut,
    /** Lines of the log so far. */
    lines,
    origin,
    bearer,
    /** Any request, as the owner unless headers say otherwise. */
    fetch: (path: string, init: RequestInit = {}) =>
      fetch(`${origin}${path}`, { redirect: 'manual', ...init, headers: { ...bearer, ...init.headers } }),
    /** A stranger's request. */
    fetchBare: (path: string, init: RequestInit = {}) => fetch(`${origin}${path}`, { redirect: 'manual', ...init }),
    /** Sends a document as the owner. */
    ask: async (query: string, more: { variables?: object; headers?: Record<string, string> } = {}) => {
      const response = await fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { ...bearer, 'content-type': 'application/json', ...more.headers },
        body: JSON.stringify({ query, ...(more.variables && { variables: more.variables }) }),
      });
      // biome-ignore lint/suspicious/noExplicitAny: tests read into replies of every shape
      const reply = (await response.json()) as any;
      return { status: response.status, headers: response.headers, ...reply };
    },
    /** Writes `count` events into the log, as a change of status would; `message` is in each. */
    announce: (count = 1, message = 'Connected.') => {
      const written = db.transaction(() =>
        Array.from({ length: count }, () =>
          events.append({
            type: 'PLATFORM_STATUS_CHANGED',
            subjectId: 'platform_upwork',
            previous: 'CONNECTING',
            status: {
              status: 'CONNECTED',
              message,
              statusChangedAt: clock.now().toISOString(),
              nextAction: status.nextAction,
            },
          }),
        ),
      );
      events.announce();
      return written;
    },
    /** A session's cookie, as a browser would send it. */
    logIn: async () => {
      const response = await fetch(`${origin}/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token: ownerToken }),
      });
      return response.headers.get('set-cookie')?.split(';')[0] ?? '';
    },
    [Symbol.asyncDispose]: async () => {
      await server.close();
      db[Symbol.dispose]();
    },
  };
}

export type TestServer = Awaited<ReturnType<typeof openTestServer>>;
