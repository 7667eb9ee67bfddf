import { grantsOf } from '../auth/access.ts';
import { parsePolicy } from '../auth/policy.ts';
import { type Call, listOf, textOf } from '../call.ts';
import { secondsOf } from '../duration.ts';
import type { Engine } from '../engine.ts';
import {
  absent,
  content,
  failed,
  nothing,
  type Outcome,
  refused,
  unsupportedOperation,
  unsupportedPath,
} from '../http/outcome.ts';
import { mountOf, type Realm } from '../realm.ts';
import type { Server } from '../server.ts';
import { answerMounts } from './sys-mounts.ts';
import { answerWrapping } from './sys-wrapping.ts';

/** `sys/` of a namespace: policies, mounts, quotas, wrapping, namespaces, and what a token may do. */
export function createSys(server: Server, realm: Realm): Engine {
  const places: [pattern: RegExp, run: (call: Call, rest: string) => Outcome][] = [
    [/^(?:policies\/acl|policy)(?:\/(.*))?$/, (call, name) => onPolicy(realm, call, name)],
    [/^((?:mounts|auth)(?:\/.*)?)$/, (call, path) => answerMounts(server, realm, call, path)],
    [/^internal\/ui\/mounts(?:\/(.*))?$/, (call, path) => onUiMounts(server, realm, call, path)],
    [/^wrapping\/(.+)$/, (call, verb) => answerWrapping(server, call, verb)],
    [/^quotas\/rate-limit(?:\/(.*))?$/, (call, name) => onQuota(server, call, name)],
    [/^namespaces(?:\/(.*))?$/, (call, name) => onNamespace(server, realm, call, name)],
    [/^capabilities(-self)?$/, (call, self) => onCapabilities(server, realm, call, self !== '')],
  ];
  return {
    exists: () => undefined,
    isOpen: (path) => path.startsWith('internal/ui/mounts') || /^wrapping\/(?:lookup|unwrap|rewrap)$/.test(path),
    isSudo: (path) => /^(?:seal|step-down|auth\/.*)$/.test(path),
    answer: (call) => {
      for (const [pattern, run] of places) {
        const found = pattern.exec(call.path);
        if (found) return run(call, found[1] ?? '');
      }
      return unsupportedPath;
    },
  };
}

function onPolicy({ policies }: Realm, { operation, body }: Call, name: string): Outcome {
  switch (operation) {
    case 'list': {
      const keys = [...policies.keys(), 'root'].sort();
      return content({ keys, policies: keys });
    }
    case 'read': {
      if (name === '') return content({ keys: [...policies.keys(), 'root'].sort() });
      if (name === 'root') return content({ name, policy: '', rules: '' });
      const policy = policies.get(name);
      return policy ? content({ name, policy: policy.text, rules: policy.text }) : absent;
    }
    case 'update': {
      if (name === 'root') return refused('cannot update "root" policy');
      const text = readText(body['policy'] ?? body['rules']);
      if (text === '') return refused("'policy' parameter not supplied or empty");
      try {
        policies.set(name.toLowerCase(), { text, rules: parsePolicy(text) });
        return nothing;
      } catch (error) {
        return refused(`failed to parse policy: ${(error as Error).message}`);
      }
    }
    case 'delete':
      if (name === 'root' || name === 'default') return refused(`cannot delete "${name}" policy`);
      policies.delete(name);
      return nothing;
    default:
      return unsupportedOperation;
  }
}

/** Policies may be sent in base64. */
function readText(value: unknown): string {
  const text = textOf(value);
  return /^[A-Za-z0-9+/\s]+=*$/.test(text) ? Buffer.from(text, 'base64').toString() : text;
}

function onUiMounts(server: Server, realm: Realm, { operation, token, tokenId }: Call, path: string): Outcome {
  if (operation !== 'read') return unsupportedOperation;
  if (path === '') return content({ auth: {}, secret: {} });
  const mount = mountOf(realm, path);
  const denied = failed(
    403,
    `preflight capability check returned 403, please ensure client's policies grant access to path "${path.replace(/\/*$/, '/')}"`,
  );
  // Even a mount that is not there is told apart only by those who may see it.
  const caller = token ?? server.tokens.find(tokenId);
  if (!mount || !caller || !grantsOf(server, realm, caller).mayEnter(mount.path)) return denied;
  return content({
    accessor: mount.accessor,
    config: { default_lease_ttl: 0, force_no_cache: false, max_lease_ttl: 0 },
    description: mount.description,
    external_entropy_access: false,
    local: false,
    options: mount.options,
    path: mount.path,
    seal_wrap: false,
    type: mount.type,
    uuid: mount.uuid,
  });
}

function onQuota({ quotas }: Server, { operation, body }: Call, name: string): Outcome {
  switch (operation) {
    case 'list':
      return quotas.names().length === 0 ? absent : content({ keys: quotas.names() });
    case 'read': {
      const quota = quotas.get(name);
      return quota ? content({ ...quota, type: 'rate-limit', block_interval: 0, role: '' }) : absent;
    }
    case 'update': {
      const rate = body['rate'];
      if (typeof rate !== 'number' || rate <= 0) return refused("'rate' is invalid");
      quotas.set({ name, path: textOf(body['path']), rate, interval: secondsOf(body['interval']) ?? 1 });
      return nothing;
    }
    case 'delete':
      quotas.remove(name);
      return nothing;
    default:
      return unsupportedOperation;
  }
}

function onNamespace(server: Server, { namespace }: Realm, { operation }: Call, name: string): Outcome {
  const path = `${namespace}${name.replace(/\/*$/, '')}/`;
  const described = { custom_metadata: {}, id: path.slice(0, 5), path };
  switch (operation) {
    case 'list': {
      const keys = [...server.realms.keys()]
        .filter((one) => one.startsWith(namespace) && /^[^/]+\/$/.test(one.slice(namespace.length)))
        .map((one) => one.slice(namespace.length));
      return keys.length === 0 ? absent : content({ keys: keys.sort() });
    }
    case 'read':
      return server.realms.has(path) ? content(described) : absent;
    case 'update':
      if (!server.realms.has(path)) server.addRealm(path);
      return content(described);
    case 'delete':
      for (const one of [...server.realms.keys()]) if (one.startsWith(path)) server.realms.delete(one);
      return nothing;
    default:
      return unsupportedOperation;
  }
}

function onCapabilities(server: Server, realm: Realm, { operation, body, token }: Call, isSelf: boolean): Outcome {
  if (operation !== 'update') return unsupportedOperation;
  const whose = isSelf ? token : server.tokens.find(textOf(body['token']));
  if (!whose) return failed(403, 'invalid token');
  const paths = listOf(body['paths'] ?? body['path']);
  if (paths.length === 0) return refused('paths must be supplied');
  const grants = grantsOf(server, realm, whose);
  const found = Object.fromEntries(paths.map((path) => [path, grants.list(path)]));
  return content({ ...found, ...(paths.length === 1 && { capabilities: found[paths[0] ?? ''] }) });
}
