import { type HclBlock, isBlock, parseHcl } from './hcl.ts';

const capabilities = ['create', 'read', 'update', 'patch', 'delete', 'list', 'sudo', 'deny'] as const;

/** What a policy may grant on a path; `deny` beats all others. */
export type Capability = (typeof capabilities)[number];

/** One `path` of a policy. */
export interface Rule {
  /** As written: `*` only at the end, `+` for one segment. */
  pattern: string;
  capabilities: Capability[];
}

/** The shorthand of early versions, still read. */
const shorthand: Record<string, Capability[]> = {
  deny: ['deny'],
  read: ['read', 'list'],
  write: ['create', 'read', 'update', 'delete', 'list'],
  sudo: ['create', 'read', 'update', 'delete', 'list', 'sudo'],
};

/**
 * Reads a policy in HCL or JSON. Throws with Vault's kind of text when it is none, and on what this double does not know
 * (`allowed_parameters` and its like): it must not allow silently what Vault would not.
 */
export function parsePolicy(text: string): Rule[] {
  const policy = text.trim().startsWith('{') ? (JSON.parse(text) as HclBlock) : parseHcl(text);
  const rules: Rule[] = [];
  for (const [name, value] of Object.entries(policy)) {
    if (name === 'name') continue;
    if (name !== 'path') throw new Error(`invalid key ${JSON.stringify(name)}`);
    const blocks = Array.isArray(value) ? value : [value];
    for (const block of blocks) {
      if (!isBlock(block)) throw new Error('path: expected a block');
      for (const [pattern, rule] of Object.entries(block)) rules.push(readRule(pattern, rule as HclBlock));
    }
  }
  return rules;
}

function readRule(written: string, block: HclBlock): Rule {
  const pattern = written.replace(/^\//, '');
  if (/\+\*/.test(pattern))
    throw new Error(`path ${JSON.stringify(pattern)}: invalid use of wildcards ('+*' is forbidden)`);
  for (const key of Object.keys(block))
    if (key !== 'capabilities' && key !== 'policy')
      throw new Error(`path ${JSON.stringify(pattern)}: the double knows no ${JSON.stringify(key)}`);
  const old = block['policy'];
  if (typeof old === 'string') {
    const granted = shorthand[old];
    if (!granted) throw new Error(`path ${JSON.stringify(pattern)}: invalid policy ${JSON.stringify(old)}`);
    return { pattern, capabilities: granted };
  }
  const wanted = Array.isArray(block['capabilities']) ? block['capabilities'].map(String) : [];
  const unknown = wanted.find((capability) => !(capabilities as readonly string[]).includes(capability));
  if (unknown !== undefined)
    throw new Error(`path ${JSON.stringify(pattern)}: invalid capability ${JSON.stringify(unknown)}`);
  return { pattern, capabilities: wanted as Capability[] };
}

/**
 * The capabilities some rules grant on a path. Rules of one pattern add up; of the patterns that fit, the most specific alone counts: an exact
 * one, then the one whose first wildcard comes latest, without `*` before with, with fewer `+`, the longer, the later in the alphabet.
 */
export function capabilitiesOn(path: string, rules: readonly Rule[]): Set<Capability> {
  const fitting = rules.filter(({ pattern }) => fits(pattern, path));
  const best = fitting.map(({ pattern }) => pattern).sort((a, b) => compare(b, a, path))[0];
  const granted = new Set(fitting.filter(({ pattern }) => pattern === best).flatMap((rule) => rule.capabilities));
  return granted.has('deny') ? new Set(['deny']) : granted;
}

function fits(pattern: string, path: string): boolean {
  const source = pattern
    .replace(/[.^${}()|[\]\\?]/g, '\\$&')
    .split('/')
    .map((segment) => (segment === '+' ? '[^/]+' : segment.replaceAll('+', '\\+')))
    .join('/')
    .replace(/\*(?!$)/g, '\\*')
    .replace(/\*$/, '.*');
  return new RegExp(`^${source}$`, 's').test(path);
}

/** Positive when `a` is the more specific. */
function compare(a: string, b: string, path: string): number {
  if (a === b) return 0;
  if (a === path || b === path) return a === path ? 1 : -1;
  const ranks: ((pattern: string) => number)[] = [
    firstWildcard,
    (pattern) => (pattern.endsWith('*') ? 0 : 1),
    (pattern) => -pattern.split('/').filter((segment) => segment === '+').length,
    (pattern) => pattern.length,
  ];
  for (const rank of ranks) if (rank(a) !== rank(b)) return rank(a) - rank(b);
  return a > b ? 1 : -1;
}

function firstWildcard(pattern: string): number {
  const at = pattern.search(/\*$|(?:^|(?<=\/))\+(?=\/|$)/);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

/** What every token has unless it was made without: to look at, prolong and end itself, and to unwrap. */
export const defaultPolicy = `
path "auth/token/lookup-self" { capabilities = ["read"] }
path "auth/token/renew-self" { capabilities = ["update"] }
path "auth/token/revoke-self" { capabilities = ["update"] }
path "sys/capabilities-self" { capabilities = ["update"] }
path "sys/wrapping/wrap" { capabilities = ["update"] }
path "sys/wrapping/lookup" { capabilities = ["update"] }
path "sys/wrapping/unwrap" { capabilities = ["update"] }
`;
