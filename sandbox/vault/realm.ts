import { defaultPolicy, parsePolicy, type Rule } from './auth/policy.ts';
import type { Engine } from './engine.ts';

/** An engine at its place. */
export interface Mount {
  /** With a slash at the end: `secret/`, `auth/approle/`. */
  path: string;
  type: string;
  description: string;
  options: Record<string, string> | null;
  accessor: string;
  uuid: string;
  engine: Engine;
}

/** A policy as written, and as read. */
export interface Policy {
  text: string;
  rules: Rule[];
}

/** A namespace: its own mounts and policies. */
export interface Realm {
  /** Empty for the root one, else with a slash at the end. */
  namespace: string;
  mounts: Map<string, Mount>;
  policies: Map<string, Policy>;
}

/** A namespace with the policy every one has. */
export function newRealm(namespace: string): Realm {
  return {
    namespace,
    mounts: new Map(),
    policies: new Map([['default', { text: defaultPolicy, rules: parsePolicy(defaultPolicy) }]]),
  };
}

/** The mount a path lies in: the one with the longest path. */
export function mountOf({ mounts }: Realm, path: string): Mount | undefined {
  return [...mounts.values()]
    .filter((mount) => `${path}/`.startsWith(mount.path))
    .sort((a, b) => b.path.length - a.path.length)[0];
}
