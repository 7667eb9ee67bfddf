import { type Call, textOf } from '../call.ts';
import { content, nothing, type Outcome, refused, unsupportedOperation } from '../http/outcome.ts';
import type { Mount, Realm } from '../realm.ts';
import type { Server } from '../server.ts';

/** `sys/mounts` and `sys/auth`; `path` begins with one of these words. */
export function answerMounts(server: Server, realm: Realm, { operation, body }: Call, path: string): Outcome {
  const [kind = '', ...rest] = path.split('/');
  const isTune = rest.at(-1) === 'tune';
  const name = (isTune ? rest.slice(0, -1) : rest).join('/').replace(/\/*$/, '/');
  const place = kind === 'auth' ? `auth/${name}` : name;
  if (name === '/') return operation === 'read' ? content(list(realm, kind)) : unsupportedOperation;
  const found = realm.mounts.get(place);
  switch (operation) {
    case 'read':
      if (!found) return refused(kind === 'auth' ? `No auth engine at ${name}` : `No secret engine mount at ${name}`);
      return content(isTune ? tuning(found) : describe(found));
    case 'update':
      if (isTune) return tune(found, body);
      return add(server, realm, place, body);
    case 'delete':
      if (place === 'sys/' || place === 'auth/token/') return refused(`cannot unmount "${place}"`);
      realm.mounts.delete(place);
      return nothing;
    default:
      return unsupportedOperation;
  }
}

function add(server: Server, realm: Realm, place: string, body: Record<string, unknown>): Outcome {
  const type = textOf(body['type']);
  if (type === '') return refused('backend type must be specified as a string');
  const options = (body['options'] ?? null) as Record<string, string> | null;
  const isVersioned = type === 'kv-v2';
  try {
    server.mount(realm, place, {
      type: isVersioned ? 'kv' : type,
      options: isVersioned ? { ...options, version: '2' } : options,
      description: textOf(body['description']),
    });
    return nothing;
  } catch (error) {
    return refused((error as Error).message);
  }
}

function tune(found: Mount | undefined, body: Record<string, unknown>): Outcome {
  if (!found) return refused('no mount to tune');
  if (typeof body['description'] === 'string') found.description = body['description'];
  return nothing;
}

function list({ mounts }: Realm, kind: string): Record<string, unknown> {
  const shown = [...mounts.values()].filter(({ path }) => path.startsWith('auth/') === (kind === 'auth'));
  return Object.fromEntries(shown.map((one) => [one.path.replace(/^auth\//, ''), describe(one)]));
}

function describe({ type, description, options, accessor, uuid }: Mount): Record<string, unknown> {
  return {
    accessor,
    config: { default_lease_ttl: 0, force_no_cache: false, max_lease_ttl: 0 },
    description,
    external_entropy_access: false,
    local: false,
    options,
    seal_wrap: false,
    type,
    uuid,
  };
}

function tuning({ description, options }: Mount): Record<string, unknown> {
  return { default_lease_ttl: 2_764_800, description, force_no_cache: false, max_lease_ttl: 2_764_800, options };
}
