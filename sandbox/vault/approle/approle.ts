import type { Tokens } from '../auth/tokens.ts';
import { type Call, textOf } from '../call.ts';
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
import type { Settings } from '../settings.ts';
import { login } from './approle-login.ts';
import { changeRole, newRoleEntry, type RoleEntry } from './approle-role.ts';
import { onSecretId } from './approle-secret-id.ts';

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

type Roles = Map<string, RoleEntry>;

/** AppRole: roles, their secret_ids, and the login (RELIABILITY §5). */
export function createAppRole(seat: AppRoleSeat): Engine {
  const roles: Roles = new Map();
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
      return verb === undefined ? onRole(roles, call, name) : below(seat, roles, call, name, verb);
    },
  };
}

function onRole(roles: Roles, { operation, body }: Call, name: string): Outcome {
  const entry = roles.get(name);
  switch (operation) {
    case 'list':
      return roles.size > 0 ? content({ keys: [...roles.keys()].sort() }) : absent;
    case 'read':
      return entry ? content({ ...entry.role, local_secret_ids: false }) : absent;
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

function below(seat: AppRoleSeat, roles: Roles, call: Call, name: string, verb: string): Outcome {
  const entry = roles.get(name);
  if (!entry) return call.operation === 'update' ? failed(404, `role "${name}" does not exist`) : absent;
  return verb === 'role-id' ? onRoleId(call, entry) : onSecretId(seat, call, entry, verb);
}

function onRoleId({ operation, body }: Call, entry: RoleEntry): Outcome {
  if (operation === 'read') return content({ role_id: entry.roleId });
  if (operation !== 'update') return unsupportedOperation;
  const wished = textOf(body['role_id']);
  if (wished === '') return refused('missing role_id');
  entry.roleId = wished;
  return nothing;
}
