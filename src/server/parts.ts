import {
  createAuthenticate,
  createFlowCookie,
  createGuesses,
  createLogin,
  createSessionCookie,
  createTurnAway,
  startLiveConnections,
} from './access/access.ts';
import { useAdmission } from './graphql/admission.ts';
import { createGraphql } from './graphql/graphql.ts';
import { createFindDocument } from './graphql/known-documents.ts';
import { createHealth } from './http/health.ts';
import { createRoutes } from './http/routes.ts';
import type { Limits } from './limits.ts';
import { createMetrics } from './monitoring/metrics.ts';
import type { HttpServerOptions } from './options.ts';
import { createPace } from './pace.ts';
import { createGraphiql, createOauthCallback, readDashboard } from './pages/pages.ts';
import { createPoints } from './points/points.ts';
import { createPresenting } from './presenting/presenting.ts';
import { createEventStream } from './subscriptions/event-stream.ts';
import { createFeeds } from './subscriptions/feeds.ts';
import { createSubscriptionSlots } from './subscriptions/subscription-slots.ts';
import { openWebSockets } from './websocket/websocket.ts';

/** What the parts need once the port, and with it the public URL, is known. */
export interface PartsOptions extends HttpServerOptions {
  readonly limits: Limits;
  readonly publicUrl: string;
}

/**
 * Wires everything behind the sockets: read it as the list of what the server does. `live` and `webSockets` are closed
 * by the caller.
 */
export function createParts(options: PartsOptions) {
  const { api, services, configuration, random, clock, log, limits, publicUrl } = options;
  const nextRequestId = () => `req_${random.bytes(9).toString('hex')}`;
  const session = createSessionCookie(publicUrl);
  const flowCookie = createFlowCookie(publicUrl);
  const authenticate = createAuthenticate(services.access, session);
  const guesses = createGuesses(limits);
  const live = startLiveConnections(clock);
  const slots = createSubscriptionSlots(limits.subscriptionsPerToken);
  const points = createPoints({ limit: configuration.rateLimit, clock });
  const presenting = createPresenting({
    toClientError: api.toClientError,
    log,
    suggestions: configuration.introspection,
  });
  const findDocument = createFindDocument(options.documents, configuration.persistedDocuments);
  const sockets = { count: () => 0 };
  const metrics = createMetrics({ services, sockets: () => sockets.count(), subscriptions: slots.taken });
  const pace = createPace(clock);
  const feeds = createFeeds({ api, charge: points.debit, clock, dataVersion: services.system.dataVersion });
  const admission = useAdmission({
    api,
    services,
    clock,
    random,
    pace,
    limits,
    points,
    slots,
    feeds,
    flowCookie,
    publicUrl,
  });
  const graphql = createGraphql({
    api,
    admission,
    findDocument,
    presenting,
    live,
    metrics,
    clock,
    limits,
    introspection: configuration.introspection,
  });
  const webSockets = openWebSockets({
    yoga: graphql.yoga,
    authenticate,
    guesses,
    findDocument,
    presenting,
    live,
    metrics,
    nextRequestId,
    clock,
    limits,
    log,
  });
  sockets.count = webSockets.count;
  const routes = createRoutes({
    api,
    configuration,
    publicUrl,
    turnAway: createTurnAway({ guesses, session }),
    graphql,
    events: createEventStream({
      api,
      services,
      presenting,
      slots,
      feeds,
      points,
      live,
      clock,
      pace,
      limits,
      publicUrl,
    }),
    login: createLogin({ access: services.access, clock, session, guesses }),
    oauthCallback: createOauthCallback({ connection: services.connection, flowCookie }),
    health: createHealth({ system: services.system, clock }),
    metrics,
    graphiql: createGraphiql(),
    dashboard: readDashboard(),
  });
  return { authenticate, routes, metrics, live, webSockets, nextRequestId };
}
