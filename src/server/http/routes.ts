import { type Credential, callbackPath, type createLogin } from '../access/access.ts';
import type { Graphql } from '../graphql/graphql.ts';
import type { Metrics } from '../monitoring/metrics.ts';
import type { HttpServerOptions } from '../options.ts';
import { type Asset, type createGraphiql, type Dashboard, graphiqlPaths, openAssets } from '../pages/pages.ts';
import { basePathOf } from './base-path.ts';
import { type Exchange, wantsPage } from './exchange.ts';
import type { createHealth } from './health.ts';
import { leadTo, refuse, send, sendText } from './reply.ts';

/** What serves one method of one path. */
export type Serve = (exchange: Exchange, credential: Credential | undefined) => unknown;

/** The same for a caller we know. */
type KnownServe = (exchange: Exchange, credential: Credential) => unknown;

/** One path, compared exactly. */
export type Route = { readonly [Method in 'GET' | 'HEAD' | 'POST']?: Serve };

/** The parts behind the routes. */
export interface RouteDeps {
  readonly api: Pick<HttpServerOptions['api'], 'sdl'>;
  readonly configuration: Pick<HttpServerOptions['configuration'], 'graphiql' | 'introspection'>;
  readonly publicUrl: string;
  /** Refuses whoever shows no credential that is any good. */
  readonly turnAway: (exchange: Exchange) => Promise<void>;
  readonly graphql: Pick<Graphql, 'serve'>;
  readonly events: (exchange: Exchange, credential: Credential) => Promise<void>;
  readonly login: ReturnType<typeof createLogin>;
  readonly oauthCallback: Serve;
  readonly health: ReturnType<typeof createHealth>;
  readonly metrics: Metrics;
  readonly graphiql: ReturnType<typeof createGraphiql>;
  /** Undefined where it was not built: `/` leads to GraphiQL then. */
  readonly dashboard: Dashboard | undefined;
}

/**
 * Headers that a page of another site cannot send without asking first, which we never grant. One of them lets a
 * session query by GET.
 */
const csrfHeaders = ['x-prospector-csrf', 'x-requested-with', 'apollo-require-preflight', 'x-graphql-yoga-csrf'];

/**
 * Every path of the server (PRODUCT.md). What stands under `open` needs no credential; everything else is wrapped in
 * `known`.
 */
export function createRoutes(deps: RouteDeps): ReadonlyMap<string, Route> {
  const { graphql, events, login, health, metrics, graphiql, configuration } = deps;
  const known = (serve: KnownServe): Serve => onlyKnown(serve, deps.turnAway);
  const toLogin: Serve = (exchange) =>
    exchange.req.headers.authorization === undefined
      ? leadTo(exchange.res, `${deps.publicUrl}/login`)
      : deps.turnAway(exchange);

  const open: [string, Route][] = [
    ['/healthz', readable(health.alive)],
    ['/readyz', readable(health.ready)],
    ['/login', { ...readable(login.show), POST: login.logIn }],
    ['/logout', { POST: login.logOut }],
    [callbackPath, { GET: deps.oauthCallback }],
    ...[...openAssets].map(([path, asset]): [string, Route] => [
      path,
      readable((exchange) => sendAsset(exchange, asset)),
    ]),
  ];

  const serveGraphql = known(async (exchange, credential) => {
    if (exchange.req.method === 'GET' && credential.viewer.browser && !hasCsrfHeader(exchange))
      return refuseForgery(exchange);
    return graphql.serve(exchange, credential);
  });
  const graphqlPage: Serve = (exchange, credential) => {
    const isForPrograms = !wantsPage(exchange) || credential?.viewer.browser === false;
    if (isForPrograms || !configuration.graphiql) return serveGraphql(exchange, credential);
    return credential ? graphiql.page(exchange) : toLogin(exchange, undefined);
  };
  const start: Serve = (exchange, credential) => {
    const { base, res } = exchange;
    if (!credential) return toLogin(exchange, undefined);
    if (deps.dashboard) return send(res, 200, 'text/html; charset=utf-8', deps.dashboard.page);
    if (configuration.graphiql) return leadTo(res, `${base}/graphql`);
    return sendText(
      res,
      200,
      `Prospector is running. GraphiQL is switched off (PROSPECTOR_GRAPHIQL); GraphQL is at ${base}/graphql.`,
    );
  };

  const guarded: [string, Route][] = [
    ['/graphql', { GET: graphqlPage, POST: serveGraphql }],
    ['/events', { GET: known(events) }],
    ['/metrics', readable(known(async ({ res }) => send(res, 200, metrics.contentType, await metrics.text())))],
    ...(deps.dashboard?.paths ?? ['/']).map((path): [string, Route] => [path, readable(start)]),
    ...[...(deps.dashboard?.files ?? [])].map(([path, asset]): [string, Route] => [
      path,
      { GET: known((exchange) => sendAsset(exchange, asset)) },
    ]),
    ...(configuration.introspection
      ? [
          ['/schema.graphql', readable(known(({ res }) => sendText(res, 200, deps.api.sdl.trimEnd())))] satisfies [
            string,
            Route,
          ],
        ]
      : []),
    ...(configuration.graphiql ? graphiqlPaths : []).map((path): [string, Route] => [
      path,
      {
        GET: known(async (exchange) => {
          const asset = await graphiql.file(path);
          if (asset) sendAsset(exchange, asset);
        }),
      },
    ]),
  ];
  // Relative links of the dashboard need the slash that people leave out.
  const base = basePathOf(deps.publicUrl);
  const home: Route = readable(({ res }) => leadTo(res, `${base}/`));
  return new Map([[base, home], ...open, ...guarded]);
}

/** A path that is read and nothing else. */
function readable(serve: Serve): Route {
  return { GET: serve, HEAD: serve };
}

/** Refuses strangers, and requests that a session's cookie came with but no page of ours can have sent. */
function onlyKnown(serve: KnownServe, turnAway: RouteDeps['turnAway']): Serve {
  return (exchange, credential) => {
    if (!credential) return turnAway(exchange);
    const { method, headers } = exchange.req;
    if (method === 'POST' && credential.viewer.browser && headers.origin === undefined) return refuseForgery(exchange);
    return serve(exchange, credential);
  };
}

function hasCsrfHeader({ req }: Exchange): boolean {
  return csrfHeaders.some((name) => req.headers[name] !== undefined);
}

function refuseForgery(exchange: Exchange): void {
  refuse(
    exchange,
    'FORBIDDEN',
    'A browser session asks from a page of this server: by POST with its Origin, or by GET with the ' +
      'header `x-prospector-csrf`. Programs send `Authorization: Bearer prs_…`.',
  );
}

/** Browsers keep files of ours and ask whether they are still the same: GraphiQL's are large. */
function sendAsset({ req, res }: Exchange, { type, body, tag, isImmutable = false }: Asset): void {
  res.setHeader('cache-control', isImmutable ? 'private, max-age=31536000, immutable' : 'private, no-cache');
  res.setHeader('etag', tag);
  if (req.headers['if-none-match'] === tag) res.writeHead(304).end();
  else send(res, 200, type, body);
}
