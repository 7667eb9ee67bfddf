import { grantsOf } from '../auth/access.ts';
import { isWithin } from '../auth/cidr.ts';
import { deadToken } from '../auth/dead-token.ts';
import type { Token } from '../auth/token.ts';
import { type Call, type Operation, operationOf } from '../call.ts';
import { mountOf, type Realm } from '../realm.ts';
import type { Server } from '../server.ts';
import { health } from '../sys/health.ts';
import { shut } from '../sys/seal.ts';
import { answerSeal } from '../sys/seal-endpoints.ts';
import { render } from './envelope.ts';
import { listed } from './outcome.ts';
import { empty, errors, type Reply } from './reply.ts';
import { bodyOf, type Request, tokenOf, wrapTtlOf } from './request.ts';

/** Answers one request as Vault would (RELIABILITY §5). Never throws for what a client sends. */
export function answer(server: Server, request: Request): Reply {
  const { settings } = server;
  if (!request.path.startsWith('/v1/')) return errors(404);
  const path = request.path.slice('/v1/'.length);
  if (settings.requireRequestHeader && request.headers['x-vault-request'] !== 'true')
    return errors(412, "missing 'X-Vault-Request' header");
  if (request.body.length > settings.maxRequestSize)
    return errors(413, 'error parsing JSON: http: request body too large');
  const namespace = request.headers['x-vault-namespace'] ?? '';
  const tooMany = /^sys\/(?:health|seal-status|unseal)$/.test(path) ? undefined : server.quotas.count(path);
  if (tooMany !== undefined) {
    const reply = errors(429, `request path "${path}": rate limit quota exceeded`);
    return { ...reply, headers: { ...reply.headers, 'retry-after': String(tooMany) } };
  }
  if (path === 'sys/health') return answerHealth(server, request, namespace);
  let body: Record<string, unknown>;
  try {
    body = bodyOf(request);
  } catch (error) {
    return errors(
      400,
      `failed to parse JSON input: ${(error as Error).name === 'SyntaxError' ? 'invalid character' : (error as Error).message}`,
    );
  }
  return answerSeal(server, request.method, path, body) ?? answerOpen(server, request, namespace, path, body);
}

/** Health belongs to no namespace: RELIABILITY §5, nomad#13710. */
function answerHealth(server: Server, { method, query }: Request, namespace: string): Reply {
  if (namespace !== '')
    return server.settings.dialect === 'vault'
      ? errors(404, listed('unsupported path'))
      : errors(400, 'operation unavailable in namespaces');
  if (method !== 'GET' && method !== 'HEAD') return errors(405);
  const reply = health(server, query);
  return method === 'HEAD' ? { ...reply, body: '' } : reply;
}

/** What needs the server to be open. */
function answerOpen(
  server: Server,
  request: Request,
  namespace: string,
  path: string,
  body: Record<string, unknown>,
): Reply {
  if (server.seal.sealed) return errors(503, 'Vault is sealed');
  const away = answerAway(server, request);
  if (away) return away;
  if (server.warmUpLeft > 0) {
    server.warmUpLeft -= 1;
    return errors(500, 'internal error');
  }
  const operation = operationOf(request.method, request.query);
  if (!operation) return errors(405);
  const { realm, rest } = locate(server, `${namespace.replace(/^\/|\/$/g, '')}/`.replace(/^\/$/, '') + path);
  if (!realm) return errors(404, `no handler for route "${path}". route entry not found.`);
  if (operation === 'update' && rest.endsWith('/')) return errors(400, "cannot write to a path ending in '/'");
  const wrapTtl = wrapTtlOf(request);
  if (wrapTtl === undefined) return errors(400, 'error parsing X-Vault-Wrap-TTL header');
  const asked = { operation, rest: operation === 'list' && !rest.endsWith('/') ? `${rest}/` : rest, body, wrapTtl };
  return answerCall(server, realm, request, asked);
}

/** What a server answers that is open, but not the active one. */
function answerAway({ seal, settings }: Server, { target }: Request): Reply | undefined {
  if (seal.role === 'dr') return errors(400, 'path disabled in replication DR secondary mode');
  if (seal.role !== 'standby') return undefined;
  switch (settings.standby) {
    case 'redirect':
      return {
        status: 307,
        headers: { 'cache-control': 'no-store', location: new URL(target, settings.leaderUrl).href },
        body: '',
      };
    case 'no-leader':
      return errors(503, 'no active Vault instance found');
    case 'not-active':
      return errors(503, 'node is not active');
    case 'electing':
      return errors(500, 'local node not active but active cluster node not found');
    default:
      return undefined;
  }
}

/** The namespace named by the longest beginning of a path, and the path in it. */
function locate({ realms }: Server, path: string): { realm: Realm | undefined; rest: string } {
  const found = [...realms.values()]
    .filter(({ namespace }) => path.startsWith(namespace))
    .sort((a, b) => b.namespace.length - a.namespace.length)[0];
  return { realm: found, rest: path.slice(found?.namespace.length ?? 0) };
}

interface Asked {
  operation: Operation;
  rest: string;
  body: Record<string, unknown>;
  wrapTtl: number;
}

function answerCall(server: Server, realm: Realm, request: Request, asked: Asked): Reply {
  const { operation, rest, body, wrapTtl } = asked;
  const mount = mountOf(realm, rest);
  const inner = mount ? rest.slice(mount.path.length) : rest;
  const tokenId = tokenOf(request);
  const isOpen = mount?.engine.isOpen?.(inner) ?? false;
  let token: Token | undefined;
  if (!isOpen) {
    const refusal = letIn(server, realm, request, asked);
    if (refusal) return refusal;
    token = server.tokens.find(tokenId);
  }
  if (!mount) return errors(404, `no handler for route "${rest}". route entry not found.`);
  if (mount.type === 'system' && (inner === 'seal' || inner === 'step-down')) return close(server, operation, inner);
  const call: Call = {
    operation,
    path: inner,
    query: request.query,
    body,
    contentType: request.headers['content-type'] ?? '',
    remoteAddress: request.remoteAddress,
    token,
    tokenId,
    wrapTtl,
  };
  const isLast = token !== undefined && server.tokens.use(token);
  const outcome = mount.engine.answer(call);
  if (token && isLast) server.tokens.revoke(token);
  const wrap = (text: string, accessor: string | undefined) => server.wraps.wrap(text, wrapTtl, rest, accessor);
  return render(outcome, mount.type, server.settings, wrapTtl > 0 ? wrap : undefined);
}

/** Undefined: the token is alive and may. A refusal counts as a use too. */
function letIn(server: Server, realm: Realm, request: Request, { operation, rest }: Asked): Reply | undefined {
  const token = server.tokens.find(tokenOf(request));
  if (!token) return errors(403, deadToken(server.settings));
  if (!isWithin(request.remoteAddress, token.boundCidrs)) return errors(403, 'permission denied');
  const mount = mountOf(realm, rest);
  const inner = mount ? rest.slice(mount.path.length) : rest;
  const exists = mount?.engine.exists(inner);
  const isSudo = mount?.engine.isSudo?.(inner) ?? false;
  if (grantsOf(server, realm, token).allows(operation, rest, exists, isSudo)) return undefined;
  if (server.tokens.use(token)) server.tokens.revoke(token);
  return errors(403, listed('permission denied'));
}

function close(server: Server, operation: Operation, verb: string): Reply {
  if (operation !== 'update') return errors(405);
  if (verb === 'seal') shut(server.seal);
  else server.seal.role = 'standby';
  return empty(204);
}
