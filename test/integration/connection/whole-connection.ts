import pino from 'pino';
import type { Clock } from '../../../src/clock.ts';
import { systemFetch } from '../../../src/network.ts';
import { systemRandom } from '../../../src/random.ts';
import { createBudget } from '../../../src/services/budget/budget.ts';
import { type Connection, createConnection } from '../../../src/services/connection/connection.ts';
import { createLeases } from '../../../src/services/database/leases.ts';
import { openDatabase } from '../../../src/services/database/open.ts';
import { createEventLog } from '../../../src/services/events/log.ts';
import { openEmbeddedStore } from '../../../src/services/secrets/embedded/open-embedded-store.ts';
import { createUpworkClient } from '../../../src/services/upwork/client.ts';
import type { AnswerObserver, TokenSource } from '../../../src/services/upwork/model.ts';
import { createUpworkOAuth } from '../../../src/services/upwork/oauth/oauth.ts';
import { createUpworkApi } from '../../../src/services/upwork/transport/api.ts';
import { keepLosses } from '../../support/losses.ts';

/** Where a connection's files and its Upwork are. JSON: it goes to other processes too. */
export interface Whereabouts {
  readonly database: string;
  readonly keyFile: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly graphqlUrl: string;
}

/** A connection through the real adapter, with real files and sockets. */
export async function openWholeConnection(where: Whereabouts, clock: Clock, settings: { tenantId?: string } = {}) {
  const log = pino({ level: 'silent' });
  const random = systemRandom;
  const db = openDatabase({ path: where.database, clock, random });
  const secrets = await openEmbeddedStore({ db: db.sql, random, keyFile: where.keyFile });
  // Nobody waits for a turn: time may stand still here, and the budget has tests of its own.
  const budget = { ...createBudget({ db, clock, random, perDay: () => 40_000 }), take: async () => {} };
  const events = createEventLog({ db, clock, random });
  const outside = { fetch: systemFetch, clock, userAgent: 'prospector-test' };
  const clientOf = (tokens: TokenSource, observer: AnswerObserver) =>
    createUpworkClient({
      api: createUpworkApi({ ...outside, ...where, random, log, budget, tokens, observer, losses: keepLosses() }),
      clock,
    });
  const connection: Connection = createConnection({
    db,
    clock,
    random,
    log,
    events,
    secrets,
    leases: createLeases(db, clock, random),
    throttled: () => {
      const { throttledUntil: until, throttledBy: by } = budget.state();
      return until && by && { until, by };
    },
    oauth: createUpworkOAuth({ ...outside, ...where, pkce: true }),
    clientWith: (tokens) => clientOf(tokens, { answered: () => {}, failed: () => {} }),
    client: () => client,
    purgePlatformData: () => 0,
    settings: {
      redirectUri: () => 'http://localhost:4000/oauth/upwork/callback',
      publicUrl: () => 'http://localhost:4000',
      ...settings,
    },
  });
  const client = clientOf(connection.tokens, connection.observer);
  await connection.start();
  return {
    connection,
    client,
    events,
    secrets,
    db,
    [Symbol.asyncDispose]: async () => {
      await connection.close();
      db.close();
    },
  };
}
