import type { Operation } from '../call.ts';
import type { Realm } from '../realm.ts';
import type { Server } from '../server.ts';
import { type Capability, capabilitiesOn, type Rule } from './policy.ts';
import type { Token } from './token.ts';

/** What a token may do in a namespace. */
export interface Grants {
  /** Whether it may do this to a path; `exists` decides between create and update. */
  allows(operation: Operation, path: string, exists: boolean | undefined, isSudo: boolean): boolean;
  /** Whether it may do anything at all below a mount. */
  mayEnter(mount: string): boolean;
  /** As `sys/capabilities` lists them. */
  list(path: string): string[];
}

/** The policies of a token count in its own namespace and, by path, in those below. */
export function grantsOf({ realms }: Server, realm: Realm, token: Token): Grants {
  if (!realm.namespace.startsWith(token.namespace)) return nobody;
  if (token.policies.includes('root')) return everything;
  const prefix = realm.namespace.slice(token.namespace.length);
  const home = realms.get(token.namespace);
  const rules: Rule[] = token.policies.flatMap((name) => home?.policies.get(name)?.rules ?? []);
  const on = (path: string) => capabilitiesOn(prefix + path, rules);
  return {
    allows: (operation, path, exists, isSudo) => {
      const found = operation === 'list' ? union(on(path), on(path.replace(/\/$/, ''))) : on(path);
      const needed: Capability = operation === 'update' && exists === false ? 'create' : operation;
      return !found.has('deny') && found.has(needed) && (!isSudo || found.has('sudo'));
    },
    mayEnter: (mount) =>
      rules.some(
        ({ pattern, capabilities }) =>
          !capabilities.includes('deny') && capabilities.length > 0 && reaches(pattern, prefix + mount),
      ),
    list: (path) => {
      const found = [...on(path)].sort();
      return found.length === 0 ? ['deny'] : found;
    },
  };
}

const everything: Grants = { allows: () => true, mayEnter: () => true, list: () => ['root'] };
const nobody: Grants = { allows: () => false, mayEnter: () => false, list: () => ['deny'] };

function union<Thing>(one: Set<Thing>, other: Set<Thing>): Set<Thing> {
  return new Set([...one, ...other]);
}

/** Whether a pattern has anything to say about paths below a mount. */
function reaches(pattern: string, mount: string): boolean {
  const segments = mount.replace(/\/$/, '').split('/');
  const parts = pattern.split('/');
  for (const [index, segment] of segments.entries()) {
    const part = parts[index];
    if (part === undefined) return false;
    if (part.endsWith('*') && index === parts.length - 1) return segment.startsWith(part.slice(0, -1));
    if (part !== '+' && part !== segment) return false;
  }
  return parts.length > segments.length;
}
