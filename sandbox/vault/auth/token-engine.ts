import { type Call, listOf, textOf } from '../call.ts';
import { secondsOf } from '../duration.ts';
import type { Engine } from '../engine.ts';
import {
  content,
  failed,
  nothing,
  type Outcome,
  refused,
  unsupportedOperation,
  unsupportedPath,
} from '../http/outcome.ts';
import { authOf } from './auth.ts';
import type { Token, TokenWish } from './token.ts';
import type { Tokens } from './tokens.ts';

/** `auth/token/`: tokens made, looked at, prolonged and ended (RELIABILITY §5). */
export function createTokenEngine(now: () => number, tokens: Tokens, namespace: string): Engine {
  function create({ body, token: maker }: Call, orphan: boolean): Outcome {
    if (!maker) return failed(403, 'permission denied');
    const isRoot = maker.policies.includes('root');
    if (maker.type === 'batch') return refused('batch tokens cannot create more tokens');
    if (maker.numUses > 0) return refused('restricted use token cannot generate child tokens');
    const wish = readWish(body, maker, namespace);
    if (!isRoot && (wish.id !== undefined || body['no_parent'] === true))
      return refused('root or sudo privileges required to create orphan token');
    if (!isRoot && wish.policies.some((policy) => policy !== 'default' && !maker.policies.includes(policy)))
      return refused('child policies must be subset of parent');
    if (wish.id !== undefined && tokens.find(wish.id)) return refused('cannot create a token with a duplicate ID');
    const parent = orphan || body['no_parent'] === true ? null : maker.id;
    const { token, warnings } = tokens.issue({ ...wish, parent });
    return { kind: 'auth', auth: authOf(token, token.creationTtl), ...(warnings.length > 0 && { warnings }) };
  }

  function renew(token: Token | undefined, { body }: Call): Outcome {
    if (!token) return refused('token not found');
    const lease = tokens.renew(token, secondsOf(body['increment']) ?? 0);
    if (typeof lease === 'string') return refused(lease);
    return {
      kind: 'auth',
      auth: authOf(token, lease.seconds),
      ...(lease.warnings.length > 0 && { warnings: lease.warnings }),
    };
  }

  function revoke(token: Token | undefined, orphan = false): Outcome {
    if (token?.type === 'batch') return refused('batch tokens cannot be revoked');
    if (token) tokens.revoke(token, orphan);
    return nothing;
  }

  const named = ({ body }: Call) => tokens.find(textOf(body['token']));
  const verbs: Record<string, (call: Call) => Outcome> = {
    'update create': (call) => create(call, false),
    'update create-orphan': (call) => create(call, true),
    'read lookup-self': ({ token }) => lookUp(token, now()),
    'update lookup-self': ({ token }) => lookUp(token, now()),
    'update lookup': (call) => lookUp(textOf(call.body['token']) === '' ? call.token : named(call), now()),
    'update lookup-accessor': ({ body }) => {
      const found = tokens.byAccessor(textOf(body['accessor']));
      return found ? lookUp(found, now(), true) : failed(403, 'invalid accessor');
    },
    'update renew-self': (call) => renew(call.token, call),
    'update renew': (call) => renew(named(call), call),
    'update renew-accessor': (call) => renew(tokens.byAccessor(textOf(call.body['accessor'])), call),
    'update revoke-self': ({ token }) => revoke(token),
    'update revoke': (call) => revoke(named(call)),
    'update revoke-accessor': ({ body }) => revoke(tokens.byAccessor(textOf(body['accessor']))),
    'update revoke-orphan': (call) => revoke(named(call), true),
  };

  return {
    exists: () => undefined,
    isSudo: (path) => path === 'revoke-orphan',
    answer: (call) => {
      const verb = verbs[`${call.operation} ${call.path}`];
      if (verb) return verb(call);
      return Object.keys(verbs).some((key) => key.endsWith(` ${call.path}`)) ? unsupportedOperation : unsupportedPath;
    },
  };
}

function readWish(body: Record<string, unknown>, maker: Token, namespace: string): TokenWish {
  const asked = listOf(body['policies']);
  const policies = asked.length > 0 ? asked : maker.policies;
  const isRoot = policies.includes('root');
  const ttl = secondsOf(body['ttl'] ?? body['lease']) ?? 0;
  const id = textOf(body['id']);
  return {
    ...(id !== '' && { id }),
    type: body['type'] === 'batch' ? 'batch' : 'service',
    namespace,
    policies: isRoot || body['no_default_policy'] === true ? policies : ['default', ...policies],
    displayName: textOf(body['display_name']) === '' ? 'token' : `token-${textOf(body['display_name'])}`,
    meta: typeof body['meta'] === 'object' ? (body['meta'] as Record<string, string> | null) : null,
    ttl: isRoot && ttl === 0 ? null : ttl,
    explicitMaxTtl: secondsOf(body['explicit_max_ttl']) ?? 0,
    period: secondsOf(body['period']) ?? 0,
    renewable: body['renewable'] !== false,
    numUses: secondsOf(body['num_uses']) ?? 0,
  };
}

function lookUp(token: Token | undefined, now: number, hidden = false): Outcome {
  if (!token) return failed(403, 'bad token');
  const { expiresAt, lastRenewalAt } = token;
  return content({
    accessor: token.accessor,
    creation_time: Math.floor(token.createdAt / 1000),
    creation_ttl: token.creationTtl,
    display_name: token.displayName,
    entity_id: token.entityId,
    expire_time: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    explicit_max_ttl: token.explicitMaxTtl,
    id: hidden ? '' : token.id,
    ...(expiresAt !== null && { issue_time: new Date(token.createdAt).toISOString() }),
    ...(lastRenewalAt !== null && {
      last_renewal: new Date(lastRenewalAt).toISOString(),
      last_renewal_time: Math.floor(lastRenewalAt / 1000),
    }),
    meta: token.meta,
    num_uses: token.numUses,
    orphan: token.parent === null,
    path: token.path,
    ...(token.period > 0 && { period: token.period }),
    policies: token.policies,
    ...(expiresAt !== null && { renewable: token.renewable }),
    ttl: expiresAt === null ? 0 : Math.max(0, Math.ceil((expiresAt - now) / 1000)),
    type: token.type,
  });
}
