import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Authenticate, Hosts } from '../access/access.ts';
import type { Metrics } from '../monitoring/metrics.ts';
import { page } from '../pages/pages.ts';
import type { Connections } from './connections.ts';
import { type Exchange, wantsPage } from './exchange.ts';
import { protect, refuse, retryAfter, sendPage } from './reply.ts';
import type { Route } from './routes.ts';
import { foreignHost, foreignOrigin, noRoom } from './upgrade.ts';

/** What requests are answered with. */
export interface AnswerDeps {
  readonly hosts: Hosts;
  readonly routes: ReadonlyMap<string, Route>;
  readonly authenticate: Authenticate;
  readonly connections: Connections;
  readonly metrics: Pick<Metrics, 'request'>;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly log: Log;
}

/**
 * Every request passes here, in this order: headers that protect the reply, a Host of ours, a known path, no page of
 * another site, a method the path has, who asks, a place for who does. What is thrown on the way is logged with the
 * request's id, which is all that is told.
 */
export function createAnswer(deps: AnswerDeps): (exchange: Exchange) => Promise<void> {
  return async (exchange) => {
    record(exchange, deps);
    protect(exchange);
    try {
      await dispatch(exchange, deps);
    } catch (error) {
      fail(exchange, error, deps.log);
    }
  };
}

async function dispatch(exchange: Exchange, { hosts, routes, authenticate, connections }: AnswerDeps): Promise<void> {
  const { headers, method = '' } = exchange.req;
  if (!hosts.isOurs(headers.host)) return refuse(exchange, 'FORBIDDEN', foreignHost);
  const route = routes.get(exchange.path);
  if (!route) return refuse(exchange, 'BAD_USER_INPUT', 'There is nothing at this path.', { status: 404 });
  if (headers.origin !== undefined && !hosts.isOurOrigin(headers.origin, headers.host))
    return refuse(exchange, 'FORBIDDEN', foreignOrigin);
  if (!Object.hasOwn(route, method)) {
    const allow = Object.keys(route).join(', ');
    return refuse(exchange, 'BAD_USER_INPUT', `This path takes ${allow}.`, { status: 405, headers: { allow } });
  }
  const { authorization, cookie } = headers;
  const credential = authenticate({ authorization, cookie });
  if (credential && !connections.hold(exchange.req.socket, credential))
    return refuse(exchange, 'SERVICE_UNAVAILABLE', noRoom.message, { headers: { 'retry-after': retryAfter } });
  await route[method as keyof Route]?.(exchange, credential);
}

function record({ req, res, requestId, path }: Exchange, { routes, metrics, clock, log }: AnswerDeps): void {
  const startedAt = clock.monotonic();
  res.once('close', () => {
    const route = routes.has(path) ? path : 'other';
    const { method = '' } = req;
    metrics.request({ route, method, status: res.statusCode });
    const durationMs = Math.round(clock.monotonic() - startedAt);
    log.debug({ requestId, method, path: route, httpStatus: res.statusCode, durationMs }, 'Answered a request');
  });
}

function fail(exchange: Exchange, error: unknown, log: Log): void {
  const { res, requestId } = exchange;
  if (res.destroyed) {
    log.debug({ requestId, err: error }, 'A client went away');
    return;
  }
  log.error({ requestId, err: error }, 'A request failed in a way nobody foresaw');
  const message = `Something went wrong (id ${requestId}). The log says more under this id.`;
  if (!wantsPage(exchange) || res.headersSent) refuse(exchange, 'INTERNAL_SERVER_ERROR', message);
  else sendPage(res, 500, page({ base: exchange.base, title: 'Something went wrong', body: `<p>${message}</p>` }));
}
