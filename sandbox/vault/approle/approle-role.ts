import { listOf } from '../call.ts';
import { secondsOf } from '../duration.ts';
import { uuid } from '../ids.ts';

/** A role of AppRole, as its API names the fields. Durations in seconds. */
export interface Role {
  bind_secret_id: boolean;
  secret_id_bound_cidrs: string[];
  secret_id_num_uses: number;
  secret_id_ttl: number;
  token_bound_cidrs: string[];
  token_explicit_max_ttl: number;
  token_max_ttl: number;
  token_no_default_policy: boolean;
  token_num_uses: number;
  token_period: number;
  token_policies: string[];
  token_ttl: number;
  token_type: 'default' | 'service' | 'batch';
}

/** One secret_id. Instants are milliseconds. */
export interface SecretId {
  accessor: string;
  cidrs: string[];
  metadata: Record<string, string>;
  createdAt: number;
  expiresAt: number | null;
  /** Uses left; 0: any number. */
  uses: number;
}

/** A role with its ids. */
export interface RoleEntry {
  name: string;
  role: Role;
  roleId: string;
  secretIds: Map<string, SecretId>;
  /** Wrong secret_ids in a row, and since when the role is locked. */
  failures: { count: number; lastAt: number };
}

/** A role as a first write without wishes makes it. */
export function newRoleEntry(name: string): RoleEntry {
  return {
    name,
    role: {
      bind_secret_id: true,
      secret_id_bound_cidrs: [],
      secret_id_num_uses: 0,
      secret_id_ttl: 0,
      token_bound_cidrs: [],
      token_explicit_max_ttl: 0,
      token_max_ttl: 0,
      token_no_default_policy: false,
      token_num_uses: 0,
      token_period: 0,
      token_policies: [],
      token_ttl: 0,
      token_type: 'default',
    },
    roleId: uuid(),
    secretIds: new Map(),
    failures: { count: 0, lastAt: 0 },
  };
}

/** Takes over what a body says; throws on a value that does not fit. */
export function changeRole(role: Role, body: Record<string, unknown>): void {
  const wished = { ...body, token_policies: body['token_policies'] ?? body['policies'] };
  for (const [name, value] of Object.entries(wished)) {
    if (value === undefined || !(name in role)) continue;
    const field = name as keyof Role;
    const present = role[field];
    Object.assign(role, { [field]: Array.isArray(present) ? listOf(value) : valueLike(present, value, name) });
  }
}

function valueLike(present: unknown, value: unknown, name: string): unknown {
  if (typeof present === 'number') {
    const seconds = secondsOf(value);
    if (seconds === undefined)
      throw new Error(`error converting input for field "${name}": not a number or a duration`);
    return seconds;
  }
  return typeof present === 'boolean' ? value === true || value === 'true' : String(value);
}
