import { login } from './approle-login.ts';
import { changeRole, newRoleEntry, type RoleEntry } from './approle-role.ts';
import { type Call, listOf, textOf } from './call.ts';
import { secondsOf } from './duration.ts';
import type { Engine } from './engine.ts';
import { uuid } from './ids.ts';
import { timestamp } from './kv-versions.ts';
import { absent, content, nothing, type Outcome, refused, unsupportedOperation, unsupportedPath } from './outcome.ts';
import type { Settings } from './settings.ts';
import type { Tokens } from './tokens.ts';

/** What AppRole needs of the server it is mounted in. */
export interface AppRoleSeat {
  now(): number;
  settings: Settings;
  tokens: Tokens;
  namespace: string;
  /** For example `auth/approle/`. */
  mountPath: string;
  /** Told every secret_id given out. */
  learn(value: unknown): void;
}

/** AppRole: roles, their secret_ids, and the login (RELIABILITY §5). */
export function createAppRole(seat: AppRoleSeat): Engine {
  const roles = new Map<string, RoleEntry>();

  function onRole({ operation, body }: Call, name: string): Outcome {
    const entry = roles.get(name);
    switch (operation) {
      case 'read':
        return entry ? content({ ...entry.role, policies: undefined, local_secret_ids: false }) : absent;
      case 'update': {
        const changed = entry ?? newRoleEntry(name);
        try {
          changeRole(changed.role, body);
        } catch (error) {
          return refused((error as Error).message);
        }
        roles.set(name, changed);
        return nothing;
      }
      case 'delete':
        roles.delete(name);
        return nothing;
      default:
        return unsupportedOperation;
    }
  }

  function onRoleId({ operation, body }: Call, entry: RoleEntry): Outcome {
    if (operation === 'read') return content({ role_id: entry.roleId });
    if (operation !== 'update') return unsupportedOperation;
    const wished = textOf(body['role_id']);
    if (wished === '') return refused('missing role_id');
    entry.roleId = wished;
    return nothing;
  }

  function newSecretId({ body }: Call, entry: RoleEntry, id: string): Outcome {
    const { role } = entry;
    if (!role.bind_secret_id) return refused('bind_secret_id is not set on the role');
    const ttl = secondsOf(body['ttl']) ?? role.secret_id_ttl;
    const uses = secondsOf(body['num_uses']) ?? role.secret_id_num_uses;
    const accessor = uuid();
    entry.secretIds.set(id, {
      accessor,
      cidrs: listOf(body['cidr_list']).length > 0 ? listOf(body['cidr_list']) : [],
      metadata: metadataOf(body['metadata']),
      createdAt: seat.now(),
      expiresAt: ttl > 0 ? seat.now() + ttl * 1000 : null,
      uses,
    });
    seat.learn(id);
    return content({ secret_id: id, secret_id_accessor: accessor, secret_id_num_uses: uses, secret_id_ttl: ttl });
  }

  function lookUp(entry: RoleEntry, id: string): Outcome {
    const found = entry.secretIds.get(id);
    if (!found || (found.expiresAt !== null && found.expiresAt <= seat.now())) return nothing;
    return content({
      cidr_list: found.cidrs,
      creation_time: timestamp(found.createdAt),
      expiration_time: found.expiresAt === null ? '0001-01-01T00:00:00Z' : timestamp(found.expiresAt),
      metadata: found.metadata,
      secret_id_accessor: found.accessor,
      secret_id_num_uses: found.uses,
      secret_id_ttl: found.expiresAt === null ? 0 : (found.expiresAt - found.createdAt) / 1000,
    });
  }

  function onSecretIds(call: Call, entry: RoleEntry, verb: string): Outcome {
    const id = textOf(call.body['secret_id']);
    if (verb === 'custom-secret-id') return id === '' ? refused('missing secret_id') : newSecretId(call, entry, id);
    if (verb === 'secret-id' && call.operation === 'update') return newSecretId(call, entry, uuid());
    if (verb === 'secret-id' && call.operation === 'list') {
      const keys = [...entry.secretIds.values()].map(({ accessor }) => accessor);
      return keys.length === 0 ? absent : content({ keys });
    }
    if (verb === 'secret-id/lookup') return id === '' ? refused('missing secret_id') : lookUp(entry, id);
    if (verb === 'secret-id/destroy') {
      entry.secretIds.delete(id);
      return nothing;
    }
    if (verb === 'secret-id-accessor/destroy') {
      const accessor = textOf(call.body['secret_id_accessor']);
      for (const [key, value] of entry.secretIds) if (value.accessor === accessor) entry.secretIds.delete(key);
      return nothing;
    }
    return unsupportedOperation;
  }

  return {
    isOpen: (path) => path === 'login',
    exists: (path) => {
      const name = /^role\/([^/]+)$/.exec(path)?.[1];
      return name === undefined ? undefined : roles.has(name);
    },
    answer: (call) => {
      if (call.path === 'login') return call.operation === 'update' ? login(seat, roles, call) : unsupportedOperation;
      const [, name, verb] = /^role\/([^/]*)(?:\/(.+?))?\/?$/.exec(call.path) ?? [];
      if (name === undefined) return unsupportedPath;
      if (name === '')
        return call.operation === 'list' && roles.size > 0 ? content({ keys: [...roles.keys()].sort() }) : absent;
      if (verb === undefined) return onRole(call, name);
      const entry = roles.get(name);
      if (!entry) return absent;
      if (verb === 'role-id') return onRoleId(call, entry);
      return /^(?:custom-secret-id|secret-id(?:\/lookup|\/destroy|-accessor\/destroy)?)$/.test(verb)
        ? onSecretIds(call, entry, verb)
        : unsupportedPath;
    },
  };
}

function metadataOf(text: unknown): Record<string, string> {
  try {
    const read = typeof text === 'string' ? (JSON.parse(text) as unknown) : text;
    return typeof read === 'object' && read !== null ? (read as Record<string, string>) : {};
  } catch {
    return {};
  }
}
