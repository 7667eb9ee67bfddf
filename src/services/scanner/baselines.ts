import { createHash } from 'node:crypto';
import type { Database } from '../database/model.ts';
import type { SearchTerms } from './search-terms.ts';

/**
 * From when on a posting is news. What the first whole scan for some terms finds was posted long ago: it is kept, not
 * announced, and neither is what that scan did not reach and a later one with a larger bound does.
 */
export interface Baselines {
  /**
   * What was posted before this instant, in ms, is no news to these terms. Undefined before the first whole scan for
   * them, and again when everything that was scanned has been purged.
   */
  newsFromMs(terms: SearchTerms): number | undefined;
  /** The first whole scan has looked for them. Joins the caller's transaction. */
  learn(terms: SearchTerms, newsFromMs: number): void;
}

/** The baselines of this database. */
export function createBaselines({ sql }: Database): Baselines {
  const select = sql.prepare("SELECT at FROM scanned_criteria WHERE platform = 'upwork' AND hash = ?").pluck();
  const insert = sql.prepare("INSERT OR REPLACE INTO scanned_criteria (platform, hash, at) VALUES ('upwork', ?, ?)");
  const purged = sql
    .prepare('SELECT EXISTS (SELECT 1 FROM scans WHERE new > 0) AND NOT EXISTS (SELECT 1 FROM jobs)')
    .pluck();
  return {
    newsFromMs: (terms) => {
      const at = select.get(criteriaHash(terms)) as number | undefined;
      return purged.get() === 0 ? at : undefined;
    },
    learn: (terms, newsFromMs) => void insert.run(criteriaHash(terms), Math.max(0, newsFromMs)),
  };
}

/** SHA-256 of what is asked for: neither the order of names nor of lists matters, nor what is left empty. */
export function criteriaHash(terms: SearchTerms): string {
  return sha256(JSON.stringify(canonical(terms)));
}

/** SHA-256 of several terms, in whatever order; undefined for none. */
export function termsHash(terms: readonly SearchTerms[]): string | undefined {
  return terms.length === 0 ? undefined : sha256(terms.map(criteriaHash).sort().join());
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical).sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined && inner !== null && !(Array.isArray(inner) && inner.length === 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, canonical(inner)]);
}
